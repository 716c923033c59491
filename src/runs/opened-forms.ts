import { AppError } from '../shared/errors.ts';
import { type Clock, type Ids, readClock } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { TicketNumber } from '../syncro/ticket.ts';
import type { Draft, Form, Forms, Runs } from './ports.ts';
import type { Seen } from './rules/basis.ts';
import { isUnsent, type Run } from './rules/run.ts';
import type { Work } from './rules/work.ts';
import { areFree, type MinutesDeps } from './timer-runs.ts';

type Deps = MinutesDeps & {
  readonly forms: Forms;
  readonly runs: Pick<Runs, 'byForm'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Opening = {
  readonly ticketNumber: TicketNumber | null;
  readonly kind?: string;
  readonly timerId?: string | null;
  /** What it is opened with, where that must be found again. */
  readonly draft?: Draft | null;
  readonly askedIn?: string | null;
};

/** `null`: the ticket is yet to be made. */
type DraftOf = { readonly kind: string; readonly ticketNumber: TicketNumber | null };

/** What people would have to type once more. */
const TYPED = ['minutes', 'comment', 'notes', 'resolution', 'subject', 'description', 'newName'];
const DRAFT_MS = 24 * 3_600_000;

const hasWords = (draft: Draft): boolean => TYPED.some((field) => (draft[field] ?? '').trim() !== '');

const confirmedBefore = ({ ref }: Run): AppError =>
  new AppError('stale', `You already confirmed this form (ref ${ref}). To do the same again, open a new form.`);

const wentOn = (): AppError =>
  new AppError('stale', 'You changed this form in the meantime. Go back and preview it again.');

const isAskedFor = (form: Form, preview: string | null | undefined): boolean =>
  (form.preview ?? null) === (preview ?? null);

const sameDraft = (one: Draft | null, other: Draft | null): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What is remembered of an opened form: what was typed, and what its preview showed. */
export const createOpenedForms = (deps: Deps) => {
  const { forms, runs, clock, ids } = deps;

  /** @throws AppError stale: forgotten, or somebody else's */
  const own = async (technician: Technician, formId: string): Promise<Form> => {
    const form = await forms.get(formId);
    if (!form || form.technician !== technician.slackUser)
      throw new AppError('stale', 'This form is too old. Open it again.');
    return form;
  };

  /** A form about a ticket that exists. @throws AppError stale */
  const onTicket = async (technician: Technician, formId: string) => {
    const form = await own(technician, formId);
    if (form.ticketNumber === null) throw new AppError('stale', 'This form is too old. Open it again.');
    return { ...form, number: form.ticketNumber };
  };

  const open = async (technician: Technician, opening: Opening): Promise<string> => {
    const { ticketNumber, kind, timerId = null, draft = null, askedIn = null } = opening;
    const id = ids.id();
    await forms.put({
      id,
      technician: technician.slackUser,
      ticketNumber,
      timerId,
      draft,
      ...(kind === undefined ? {} : { kind, began: draft ?? {} }),
      previewing: false,
      previewed: null,
      createdAt: clock.now(),
      askedIn,
    });
    return id;
  };

  const draftId = ({ slackUser }: Pick<Technician, 'slackUser'>, { kind, ticketNumber }: DraftOf): string =>
    `draft:${kind}:${slackUser}:${ticketNumber}`;

  /** Offered to the next form like this one, unless it is sent. */
  const saveDraft = async (form: Form, draft: Draft): Promise<void> => {
    const { id: leftBy, kind, ticketNumber, technician: slackUser } = form;
    if (kind === undefined || !hasWords(draft)) return;
    const id = draftId({ slackUser }, { kind, ticketNumber });
    await forms.put({ ...form, id, draft, leftBy, previewing: false, previewed: null, createdAt: clock.now() });
  };

  /** Its minutes stand and fall with the timer: typed for nobody's, they could be billed a second time. */
  const withTimer = async <Saved extends Form & { draft: Draft }>(saved: Saved): Promise<Saved> => {
    if (!saved.timerId || (await areFree(deps, saved.timerId))) return saved;
    const { minutes: _, ...draft } = saved.draft;
    return { ...saved, timerId: null, draft };
  };

  /** What was left in such a form within a day; `null`: nothing, or it was sent. What was stopped in time is left, too. */
  const leftDraft = async (technician: Technician, of: DraftOf) => {
    const saved = await forms.get(draftId(technician, of));
    if (!saved?.draft) return null;
    const forIds = [saved.leftBy, saved.takenBy].filter((id) => id !== undefined);
    const sent = (await Promise.all(forIds.map(runs.byForm))).filter((run) => run !== null);
    if (!sent.every(isUnsent)) return null;
    const createdAt = Math.max(saved.createdAt, ...sent.map(({ finishedAt }) => finishedAt ?? 0));
    if (clock.now() - createdAt > DRAFT_MS) return null;
    const left = await withTimer({ ...saved, draft: saved.draft, createdAt });
    return hasWords(left.draft) ? left : null;
  };

  return {
    own,
    onTicket,

    /** One form, one piece of work: what was confirmed once is not offered a second time. @throws AppError stale */
    toPreview: async (technician: Technician, formId: string, preview: string | null = null) => {
      const form = await own(technician, formId);
      if (!isAskedFor(form, preview)) throw wentOn();
      const sent = await runs.byForm(formId);
      if (sent) throw confirmedBefore(sent);
      if (form.ticketNumber === null) throw new AppError('stale', 'This form is too old. Open it again.');
      return { ...form, ticketNumber: form.ticketNumber };
    },

    open,

    /**
     * Opens a form, with the draft that was left in one like it on the same ticket, if nothing else stands in it.
     * @returns `savedAt`: when that draft was left
     */
    openWithDraft: async (
      technician: Technician,
      opening: Opening & { readonly kind: string; readonly draft: Draft },
      isBlank: boolean,
    ): Promise<{ readonly formId: string; readonly draft: Draft; readonly savedAt: number | null }> => {
      const saved = isBlank ? await leftDraft(technician, opening) : null;
      const { draft, timerId = null } = saved ?? opening;
      const formId = await open(technician, { ...opening, draft, timerId });
      if (saved) await forms.put({ ...saved, takenBy: formId });
      return { formId, draft, savedAt: saved?.createdAt ?? null };
    },

    /** It is not sent, or not yet: what was typed is kept for the next one like it. */
    leave: async (technician: Technician, formId: string, typed: Draft): Promise<void> => {
      const form = await own(technician, formId);
      const { began = {} } = form;
      const run = await runs.byForm(formId);
      if (run && !isUnsent(run)) return;
      // Slack may not tell what the fields hold: then it is what was last known.
      const filled = Object.entries(typed).filter(([, value]) => value !== '');
      const draft: Draft = { ...form.draft, ...Object.fromEntries(filled) };
      if (TYPED.some((field) => draft[field] && draft[field] !== began[field])) await saveDraft(form, draft);
    },

    /** The draft that this form was opened with is not offered any more. @throws AppError stale */
    dropDraft: async (technician: Technician, formId: string): Promise<void> => {
      const { kind, ticketNumber } = await own(technician, formId);
      if (kind === undefined) return;
      const saved = await leftDraft(technician, { kind, ticketNumber });
      if (saved) await forms.put({ ...saved, draft: null });
    },

    /** What the person sees of the ticket over the form. @throws AppError stale */
    noteSeen: async (technician: Technician, formId: string, seen: Seen): Promise<void> => {
      await own(technician, formId);
      await forms.change(formId, (form) => ({ ...form, seen }));
    },

    /** It was looked up for what the form was opened with: nobody typed it into it. @throws AppError stale */
    noteFound: async (technician: Technician, formId: string, found: Draft): Promise<void> => {
      await own(technician, formId);
      await forms.change(formId, ({ draft, began, ...form }) => ({
        ...form,
        draft: { ...draft, ...found },
        began: { ...began, ...found },
      }));
    },

    /** Something was chosen while the form is being filled in; the rest stays. @throws AppError stale */
    noteDraft: async (technician: Technician, formId: string, changes: Draft): Promise<void> => {
      await own(technician, formId);
      await forms.change(formId, (form) => ({ ...form, draft: { ...form.draft, ...changes } }));
    },

    /**
     * What the fields held at a press. Slack's requests overtake each other: once a preview was asked for, that brought
     * all of it, and an earlier press that comes later changes nothing.
     * @throws AppError stale
     */
    noteTyped: async (technician: Technician, formId: string, typed: Draft): Promise<void> => {
      await own(technician, formId);
      await forms.change(formId, (form) =>
        form.previewing || form.preview ? form : { ...form, draft: { ...form.draft, ...typed } },
      );
    },

    /**
     * Keeps what was typed, so that nothing that follows can lose it. The same pressed twice is one piece of work;
     * something else in a form that was sent already would be lost without a word.
     * @param look the preview of it that is shown; `alone`: in its place
     * @throws AppError stale
     */
    keepDraft: async (
      technician: Technician,
      formId: string,
      typed: Draft,
      look: { readonly preview: string | null; readonly alone: boolean } = { preview: null, alone: true },
    ): Promise<void> => {
      const form = await own(technician, formId);
      const draft = { ...form.draft, ...typed };
      const sent = await runs.byForm(formId);
      if (sent && !sameDraft(form.draft, draft)) throw confirmedBefore(sent);
      // On top of the form its preview leaves it as it is.
      await forms.put({ ...form, draft, previewing: look.alone, preview: look.preview, previewed: null });
      await saveDraft(form, draft);
    },

    /**
     * What is confirmed is what was seen: a preview of what was typed before that comes late is not kept.
     * @param form as it was when the preview was begun
     * @param readAt when the reading of its facts was begun
     * @throws AppError stale
     */
    keepPreview: async (form: Form, work: Work, readAt: number): Promise<void> => {
      const now = await forms.get(form.id);
      if (now?.previewing !== form.previewing || !isAskedFor(now, form.preview) || !sameDraft(now.draft, form.draft))
        throw wentOn();
      await forms.put({
        ...form,
        previewed: { work, at: readAt, setAt: readClock(clock).setAt, preview: form.preview ?? null },
      });
    },

    /** Is the person still filling in the form, and not looking at the preview? @throws AppError stale */
    isBeingFilledIn: async (technician: Technician, formId: string): Promise<boolean> =>
      !(await own(technician, formId)).previewing,

    /** Back from the preview: what was typed, and the form counts as being filled in again. @throws AppError stale */
    reopen: async (technician: Technician, formId: string) => {
      const form = await own(technician, formId);
      await forms.put({ ...form, previewing: false, previewed: null });
      return { ticketNumber: form.ticketNumber, draft: form.draft ?? {} };
    },
  };
};

export type OpenedForms = ReturnType<typeof createOpenedForms>;
