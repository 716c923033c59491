import { AppError } from '../shared/errors.ts';
import { type Clock, type Ids, readClock } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { TicketNumber } from '../syncro/ticket.ts';
import type { Draft, Form, Forms, Runs } from './ports.ts';
import type { Basis } from './rules/basis.ts';
import type { Run } from './rules/run.ts';
import type { Work } from './rules/work.ts';

type Deps = {
  readonly forms: Forms;
  readonly runs: Pick<Runs, 'byForm'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Opening = {
  readonly ticketNumber: TicketNumber | null;
  readonly timerId?: string | null;
  /** What it is opened with, where that must be found again. */
  readonly draft?: Draft | null;
  readonly askedIn?: string | null;
};

const confirmedBefore = ({ ref }: Run): AppError =>
  new AppError('stale', `You already confirmed this form (ref ${ref}). To do the same again, open a new form.`);

const sameDraft = (one: Draft | null, other: Draft | null): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What is remembered of an opened form: what was typed, and what its preview showed. */
export const createOpenedForms = ({ forms, runs, clock, ids }: Deps) => {
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

  return {
    own,
    onTicket,

    /** One form, one piece of work: what was confirmed once is not offered a second time. @throws AppError stale */
    toPreview: async (technician: Technician, formId: string) => {
      const form = await own(technician, formId);
      const sent = await runs.byForm(formId);
      if (sent) throw confirmedBefore(sent);
      if (form.ticketNumber === null) throw new AppError('stale', 'This form is too old. Open it again.');
      return { ...form, ticketNumber: form.ticketNumber };
    },

    /** @returns the new form's id */
    open: async (technician: Technician, opening: Opening): Promise<string> => {
      const { ticketNumber, timerId = null, draft = null, askedIn = null } = opening;
      const id = ids.id();
      await forms.put({
        id,
        technician: technician.slackUser,
        ticketNumber,
        timerId,
        draft,
        previewing: false,
        previewed: null,
        createdAt: clock.now(),
        askedIn,
      });
      return id;
    },

    /** What the person sees of the ticket over the form. @throws AppError stale */
    noteSeen: async (technician: Technician, formId: string, seen: Basis): Promise<void> => {
      await forms.put({ ...(await own(technician, formId)), seen });
    },

    /** Something was chosen while the form is being filled in; the rest stays. @throws AppError stale */
    noteDraft: async (technician: Technician, formId: string, changes: Draft): Promise<void> => {
      const form = await own(technician, formId);
      await forms.put({ ...form, draft: { ...form.draft, ...changes } });
    },

    /**
     * Keeps what was typed, so that nothing that follows can lose it. The same pressed twice is one piece of work;
     * something else in a form that was sent already would be lost without a word.
     * @throws AppError stale
     */
    keepDraft: async (technician: Technician, formId: string, typed: Draft): Promise<void> => {
      const form = await own(technician, formId);
      const draft = { ...form.draft, ...typed };
      const sent = await runs.byForm(formId);
      if (sent && !sameDraft(form.draft, draft)) throw confirmedBefore(sent);
      await forms.put({ ...form, draft, previewing: true, previewed: null });
    },

    /**
     * What is confirmed is what was seen: a preview of what was typed before that comes late is not kept.
     * @param form as it was when the preview was begun
     * @param readAt when the reading of its facts was begun
     * @throws AppError stale
     */
    keepPreview: async (form: Form, work: Work, readAt: number): Promise<void> => {
      const now = await forms.get(form.id);
      if (now?.previewing !== form.previewing || !sameDraft(now.draft, form.draft))
        throw new AppError('stale', 'You changed this form in the meantime. Go back and preview it again.');
      await forms.put({ ...form, previewed: { work, at: readAt, setAt: readClock(clock).setAt } });
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
