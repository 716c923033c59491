import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Draft } from '../../../runs/ports.ts';
import type { Work } from '../../../runs/rules/work.ts';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import type { Confirming } from '../../../runs/start-run.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { LaborType } from '../../../shared/labor.ts';
import type { Technician } from '../../../shared/technician.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { line } from '../../../slack/blocks.ts';
import { limitedMessage } from '../../../slack/error.ts';
import {
  chosen,
  type FormValues,
  type Parsed,
  readFormId,
  readPreview,
  readValues,
} from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import {
  type Submit,
  type Submitted,
  showAfterwards,
  showPushed,
  whenAnswered,
} from '../../../slack/forms/submitted.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, formOf, fromAnotherTime, fromJson, type Pressed } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { TicketForms } from '../ports.ts';

/** One look at what a form comes to. */
type Look = {
  readonly formId: string;
  /** Which preview it is; on top of the form it is found by this name. */
  readonly preview: string;
  /** No form lies below it: a button in it leads to the form. */
  readonly alone: boolean;
};

type PreviewForm<Use, Choice, Preview> = {
  /** The form that it is the preview of. */
  readonly form: string;
  readonly callbackId: string;
  readonly title: string;
  /** What the button does, and to what end; Slack shows 24 characters. */
  readonly submit: (preview: Preview) => string;
  /** The button that brings the form back where none lies below. */
  readonly back: string;
  /** What is read for it. */
  readonly reading: string;
  readonly filledIn: (values: FormValues) => Draft;
  readonly parse: (draft: Draft, labor: readonly LaborType[]) => Parsed<Draft, Choice>;
  readonly preview: (
    use: Use,
    technician: Technician,
    formId: string,
    choice: Choice,
    preview: string,
  ) => Promise<Preview>;
  readonly blocks: (preview: Preview, links: Links, look: Look) => readonly KnownBlock[];
  /** What is chosen and typed in the preview itself; absent: what of `CHOICES` it asks for. */
  readonly filledInHere?: (values: FormValues) => Draft;
  /** What the last button needs beside what was shown. */
  readonly finish?: (values: FormValues) => Finished;
  /** What of `CHOICES` a preview shows that was not chosen. */
  readonly shows?: (work: Work) => Draft;
};

/** What can be chosen in a preview that stands alone, by field. */
const CHOICES = ['audience', 'invoice'];

/** What of them is chosen in it. */
const choicesIn = (values: FormValues): Draft =>
  Object.fromEntries(
    CHOICES.map((field) => [field, chosen(values, field)] as const).filter(([, value]) => value !== ''),
  );

/** @param amend puts into the work what was filled in beside what was shown */
type Finished =
  | { readonly ok: true; readonly amend: (work: Work) => Work }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

const BUTTON_LENGTH = 24;
/** As long as Syncro's own minute, where it does not say. */
const LIMITED_MS = 60_000;
const MOST_WAITS = 3;

/** A look, or that it can be had only after so long; `null`: it is done. */
type Read = { readonly next: ModalView; readonly againInMs: number | null };
const CHOSEN = z.record(z.string(), z.string());

type Person<Use> = Pick<Asked<Use>, 'deps' | 'use' | 'technician' | 'text'>;

/**
 * What a filled-in form comes to, with facts read live, before anything is sent. It lies on top of the form, so that
 * Slack's own button leads back to everything that was typed.
 */
export const previewForm = <Use extends Pick<TicketForms, 'opened'> & Confirming, Choice, Preview>(
  of: PreviewForm<Use, Choice, Preview>,
) => {
  const { form, callbackId, title, submit, back, reading, filledIn, parse, preview, blocks, shows } = of;
  const { filledInHere = choicesIn, finish } = of;
  const around = (look: Look) => ({
    ...{ callbackId, title, kept: look },
    ...(look.alone ? { tellsClosing: true } : { close: 'Back', externalId: look.preview }),
  });

  /** Shown at once while the facts are read. */
  const loading = (look: Look): ModalView =>
    modal({ ...around(look), blocks: [line(`⏳ Reading ${reading} from Syncro …`)] });

  const view = (look: Look, read: Preview, links: Links): ModalView =>
    modal({
      ...around(look),
      submit: shorten(submit(read), BUTTON_LENGTH),
      blocks: [...blocks(read, links, look), ...(look.alone ? [backButton(back)] : [])],
    });

  /** Nothing can be done now; what was typed waits behind Back. */
  const failed = ({ formId, alone }: Pick<Look, 'formId' | 'alone'>, words: Reply): ModalView =>
    problemView(title, words, alone ? { back: { actionId: back, formId } } : { above: true });

  const failure = ({ deps, technician, text = '' }: Person<unknown>, error: unknown): Reply =>
    failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name, interrupted: text });

  const read = (person: Person<Use>, look: Look, choice: Choice, mayWait: boolean): Promise<Read> =>
    preview(person.use, person.technician, look.formId, choice, look.preview).then(
      (found) => ({ next: view(look, found, person.deps.links), againInMs: null }),
      (error: unknown) => {
        if (mayWait && isAppError(error) && error.code === 'rate_limited') {
          const againInMs = error.retryAfterMs ?? LIMITED_MS;
          return { next: modal({ ...around(look), blocks: [...limitedMessage(againInMs).blocks] }), againInMs };
        }
        const words = failure(person, error);
        // The form of a ticket that does not exist leads nowhere.
        const isNowhere = look.alone && isAppError(error) && error.code === 'not_found';
        return { next: isNowhere ? problemView(title, words) : failed(look, words), againInMs: null };
      },
    );

  /** Where Syncro has no room, it says until when and reads again by itself. @param show where it stands */
  const showRead = async (
    person: Person<Use>,
    look: Look,
    choice: Choice,
    show: (next: Promise<ModalView>) => Promise<unknown>,
  ): Promise<void> => {
    for (let waits = 0; ; waits++) {
      const reading = read(person, look, choice, waits < MOST_WAITS);
      await show(reading.then(({ next }) => next));
      const { againInMs } = await reading;
      if (againInMs === null) return;
      await person.deps.clock.sleep(againInMs);
      const { preview: newest } = await person.use.opened.own(person.technician, look.formId);
      if (newest !== look.preview) return;
    }
  };

  const submitForm: Submit<Use> = async (submitted) => {
    const { deps, use, technician, triggerId } = submitted;
    const parsed = parse(filledIn(readValues(submitted.view.values)), deps.labor);
    if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
    const formId = readFormId(submitted.view.metadata) ?? '';
    const look: Look = { formId, preview: `preview:${triggerId}`, alone: submitted.view.isThird };
    await use.opened.keepDraft(technician, formId, parsed.draft, look);
    const show = (next: Promise<ModalView>) =>
      look.alone ? showAfterwards(submitted, next) : showPushed(submitted, look.preview, next);
    return {
      answer: { response_action: look.alone ? 'update' : 'push', view: loading(look) },
      afterwards: () => showRead(submitted, look, parsed.choice, show),
    };
  };

  /** Opens it without a form before it. @param draft all that the form asks for */
  const open = async (asked: Asked<Use>, number: TicketNumber, draft: Draft): Promise<void> => {
    const { deps, use, technician } = asked;
    const parsed = parse(draft, deps.labor);
    if (!parsed.ok) throw fromAnotherTime();
    const formId = await use.opened.open(technician, { ticketNumber: number, kind: form, askedIn: asked.channel });
    const look: Look = { formId, preview: `preview:${formId}`, alone: true };
    await use.opened.keepDraft(technician, formId, draft, look);
    const { id } = await openView(deps, asked.triggerId, loading(look));
    await showRead(asked, look, parsed.choice, async (next) => updateView(deps, { id, hash: null }, await next));
  };

  /** Reads it anew with what was chosen in it, in the view that it stands in. */
  const lookAgain = async (person: Person<Use>, viewId: string, look: Look, changes: Draft): Promise<void> => {
    const { deps, use, technician } = person;
    await use.opened.keepDraft(technician, look.formId, changes, look);
    const { draft } = await use.opened.own(technician, look.formId);
    const parsed = parse(draft ?? {}, deps.labor);
    if (!parsed.ok) throw fromAnotherTime();
    await updateView(deps, { id: viewId, hash: null }, loading(look));
    await showRead(person, look, parsed.choice, async (reading) => {
      const next = await reading;
      const { preview: newest } = await use.opened.own(technician, look.formId);
      if (newest === look.preview) await updateView(deps, { id: viewId, hash: null }, next);
    });
  };

  /** In the place of the view that it was pressed in, which may be another preview of the same form. */
  const showInstead = (pressed: Pressed<Use>, changes: Draft): Promise<void> => {
    const { formId, viewId } = formOf(pressed);
    const { alone } = readPreview(pressed.view?.metadata);
    return lookAgain(pressed, viewId, { formId, preview: `preview:${pressed.triggerId}`, alone }, changes);
  };

  /** Something else was chosen in one of its fields. */
  const chooseHere: Action<Use> = (pressed) => showInstead(pressed, filledInHere(readValues(pressed.view?.values)));

  /** A button in it says in its value which fields it sets; what else is chosen in it stays. */
  const choose: Action<Use> = (pressed) => {
    const here = Object.entries(filledInHere(readValues(pressed.view?.values))).filter(([, value]) => value !== '');
    return showInstead(pressed, { ...Object.fromEntries(here), ...fromJson(CHOSEN, pressed.value) });
  };

  const failedBy = (submitted: Submitted, formId: string, error: unknown): ModalView =>
    failed({ formId, alone: readPreview(submitted.view.metadata).alone }, failure(submitted, error));
  const confirmShown = confirmPreview(failedBy);

  /** What is confirmed is what was seen: of what was chosen last there is no preview yet. */
  const confirm: Submit<Use> = async (submitted) => {
    const { deps, use, technician, view: seen, triggerId } = submitted;
    const values = readValues(seen.values);
    const choices = choicesIn(values);
    const formId = readFormId(seen.metadata) ?? '';
    const finished = finish?.(values);
    if (finished?.ok === false) return { answer: { response_action: 'errors', errors: finished.errors } };
    const isShown = async (): Promise<boolean> => {
      const { draft, previewed } = await use.opened.own(technician, formId);
      const shown: Draft = { ...draft, ...(previewed ? shows?.(previewed.work) : {}) };
      return Object.entries(choices).every(([field, value]) => shown[field] === value);
    };
    if (Object.keys(choices).length === 0 || (await isShown())) return confirmShown(submitted, finished?.amend);
    const look: Look = { formId, preview: `preview:${triggerId}`, alone: true };
    return {
      answer: { response_action: 'update', view: loading(look) },
      afterwards: async () => {
        await whenAnswered(deps);
        await lookAgain(submitted, seen.id, look, filledInHere(values));
      },
    };
  };

  const forms: Readonly<Record<string, Submit<Use>>> = { [form]: submitForm, [callbackId]: confirm };
  return { loading, view, failed, forms, confirm, open, choose, chooseHere, showInstead };
};
