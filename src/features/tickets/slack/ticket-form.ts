import type { KnownBlock, ModalView } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
import { button, mrkdwn } from '../../../slack/blocks.ts';
import type { Closed, Rows } from '../../../slack/feature.ts';
import { writes } from '../../../slack/feature.ts';
import { type FormValues, readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { readingView } from '../../../slack/forms/in-view.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, type ShownView, updateView } from '../../../slack/forms/views.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, formOf } from '../../../slack/pressed.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { TicketForms } from '../ports.ts';
import type { About } from './ticket-about.ts';

type Forms = Pick<TicketForms, 'opened' | 'remembered'>;

export type Where = {
  /** A view that is open already and becomes the form. */
  readonly viewId?: string;
  /** The timer that the minutes come from. */
  readonly timerId?: string | null;
  /** The field that the cursor stands in. */
  readonly focus?: string;
};

/** Opens a form about a ticket, or puts it into a view that is open. */
export type OpenForm<Fields = Draft> = (
  asked: Asked,
  number: TicketNumber,
  draft: Partial<Fields>,
  where?: Where,
) => Promise<void>;

type Filled<Fields> = {
  readonly view: (formId: string, about: About, draft: Partial<Fields>) => ModalView;
  /** Reads what stands over the form. */
  readonly about: (formId: string) => Promise<About>;
};

type FormOnTicket<Use, Fields> = {
  readonly kind: string;
  readonly title: (number: TicketNumber) => string;
  readonly filledWith: (
    asked: Asked<Use>,
    number: TicketNumber,
    where: Where,
  ) => Filled<Fields> | Promise<Filled<Fields>>;
  /** What was typed and chosen. Absent: nothing in it is worth being kept when it is closed. */
  readonly filledIn?: (values: FormValues) => Draft;
  /** It can't be sent without what stands over it: when it comes back, it says why that can't be read. */
  readonly needsAbout?: true;
};

/** What was typed before is in the form again. */
export const draftNotice = (at: number, clearAction: string): KnownBlock => ({
  type: 'section',
  block_id: 'draft',
  text: mrkdwn('Your draft from ', { clock: at }, ' is here.'),
  accessory: button('Clear', clearAction),
});

/** A form about a ticket: how it opens, how it comes back, and what is left of it when it is closed. */
export const ticketForm = <Use extends Forms, Fields extends Draft>(of: FormOnTicket<Use, Fields>) => {
  const { kind, title, filledWith, filledIn, needsAbout } = of;
  const clearAction = `${kind}:clear`;

  /** Puts over the form what was read; what was tapped into it meanwhile stays. */
  const fillIn = async (
    { deps, use, technician }: Asked<Use>,
    formId: string,
    shown: ShownView,
    view: (draft: Partial<Fields>) => ModalView,
  ): Promise<void> => {
    for (const { id, hash } of [shown, { ...shown, hash: null }]) {
      const { draft, previewing } = await use.opened.own(technician, formId);
      // What took its place is not overwritten.
      if (previewing || (await updateView(deps, { id, hash }, view((draft ?? {}) as Partial<Fields>)))) return;
    }
  };

  /**
   * Opens it at once with what is remembered, then fills in what Syncro says. Nothing is read before opening: the trigger
   * dies after 3 seconds.
   */
  const open = async (
    asked: Asked<Use>,
    number: TicketNumber,
    given: Partial<Fields> = {},
    where: Where = {},
  ): Promise<void> => {
    const { deps, technician } = asked;
    const { opened, remembered } = asked.use;
    const { viewId, timerId = null } = where;
    const { view, about } = await filledWith(asked, number, where);
    const isBlank = Object.keys(given).length === 0;
    const opening = { ticketNumber: number, kind, timerId, draft: given as Draft, askedIn: asked.channel };
    const { formId, draft: kept, savedAt } = await opened.openWithDraft(technician, opening, isBlank);
    const draft = kept as Partial<Fields>;
    const shownAs = (known: About, fields: Partial<Fields>): ModalView => {
      const form = view(formId, known, fields);
      return savedAt === null ? form : { ...form, blocks: [draftNotice(savedAt, clearAction), ...form.blocks] };
    };
    const known = await remembered(number);
    const first = shownAs(known ? { ticket: known } : null, draft);
    const shown = viewId
      ? await updateView(deps, { id: viewId, hash: null }, first)
      : await openView(deps, asked.triggerId, first);
    if (!shown) return;
    const next: (noted: Partial<Fields>) => ModalView = await about(formId).then(
      (all) => (noted: Partial<Fields>) => shownAs(all, noted),
      (error: unknown) => {
        const problem = failureReply(deps, error, {
          command: asked.command,
          writing: true,
          who: technician.name,
          interrupted: asked.text ?? '',
        });
        // A form for a ticket that does not exist leads nowhere; any other trouble leaves what is being typed alone.
        if (isAppError(error) && error.code === 'not_found') return () => problemView(title(number), problem);
        return (noted: Partial<Fields>) => shownAs({ problem }, noted);
      },
    );
    await fillIn(asked, formId, shown, next);
  };

  /** The form as it was left, with everything that was typed; what stands over it is read again. */
  const back: Action<Use> = async (pressed) => {
    const { deps, technician, command } = pressed;
    const { opened, remembered } = pressed.use;
    const { formId, viewId } = formOf(pressed);
    const { ticketNumber, draft } = await opened.reopen(technician, formId);
    if (ticketNumber === null) return;
    const { view, about } = await filledWith(pressed, ticketNumber, {});
    const known = await remembered(ticketNumber);
    const before = view(formId, known ? { ticket: known } : null, draft as Partial<Fields>);
    const shown = await updateView(deps, { id: viewId, hash: null }, before);
    if (!shown) return;
    const all = await about(formId).catch((error: unknown): About => {
      if (!needsAbout) return null;
      return { problem: failureReply(deps, error, { command, writing: true, who: technician.name }) };
    });
    if (all) await fillIn(pressed, formId, shown, (noted) => view(formId, all, noted));
  };

  /** `Clear`: an empty form in its place. Slack keeps what fields hold unless they were gone in between. */
  const clear: Action<Use> = async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    const { number } = await pressed.use.opened.onTicket(pressed.technician, formId);
    await pressed.use.opened.dropDraft(pressed.technician, formId);
    await updateView(pressed.deps, { id: viewId, hash: null }, readingView(title(number), 'Clearing the draft'));
    await open(pressed, number, {}, { viewId });
  };

  const close: Closed<Use> = async ({ use, technician, view }) => {
    const formId = readFormId(view.metadata);
    if (formId) await use.opened.leave(technician, formId, filledIn?.(readValues(view.values)) ?? {});
  };

  const buttons: NonNullable<Rows<Use>['buttons']> = { [clearAction]: writes(clear) };
  return { open, back, buttons, close, closed: { [kind]: close } };
};
