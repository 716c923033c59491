import type { ModalView } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
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
  /** What was typed and not understood. */
  readonly notUnderstood?: string;
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
  readonly title: (number: TicketNumber) => string;
  readonly filledWith: (
    asked: Asked<Use>,
    number: TicketNumber,
    where: Where,
  ) => Filled<Fields> | Promise<Filled<Fields>>;
  /** It can't be sent without what stands over it: when it comes back, it says why that can't be read. */
  readonly needsAbout?: true;
};

/** A form about a ticket: how it opens, and how it comes back from its preview. */
export const ticketForm = <Use extends Forms, Fields extends Draft>({
  title,
  filledWith,
  needsAbout,
}: FormOnTicket<Use, Fields>) => {
  /** Puts over the form what was read; what was tapped into it meanwhile stays. */
  const fillIn = async (
    { deps, use, technician }: Asked<Use>,
    formId: string,
    shown: ShownView,
    view: (draft: Partial<Fields>) => ModalView,
  ): Promise<void> => {
    for (const { id, hash } of [shown, { ...shown, hash: null }]) {
      const { draft, previewing } = await use.opened.own(technician, formId);
      // Whoever was quicker than Syncro has moved on to the preview: then this view is not theirs any more.
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
    draft: Partial<Fields> = {},
    where: Where = {},
  ): Promise<void> => {
    const { deps, technician } = asked;
    const { opened, remembered } = asked.use;
    const { viewId, timerId = null } = where;
    const { view, about } = await filledWith(asked, number, where);
    const kept = draft as Draft;
    const formId = await opened.open(technician, {
      ticketNumber: number,
      timerId,
      draft: kept,
      askedIn: asked.channel,
    });
    const known = await remembered(number);
    const first = view(formId, known ? { ticket: known } : null, draft);
    const shown = viewId
      ? await updateView(deps, { id: viewId, hash: null }, first)
      : await openView(deps, asked.triggerId, first);
    if (!shown) return;
    const next: (noted: Partial<Fields>) => ModalView = await about(formId).then(
      (all) => (noted: Partial<Fields>) => view(formId, all, noted),
      (error: unknown) => {
        const problem = failureReply(deps, error, {
          command: asked.command,
          writing: true,
          who: technician.name,
          interrupted: asked.text ?? '',
        });
        // A form for a ticket that does not exist leads nowhere; any other trouble leaves what is being typed alone.
        if (isAppError(error) && error.code === 'not_found') return () => problemView(title(number), problem);
        return (noted: Partial<Fields>) => view(formId, { problem }, noted);
      },
    );
    await fillIn(asked, formId, shown, next);
  };

  /** `Back`: the form as it was left, with everything that was typed; what stands over it is read again. */
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

  return { open, back };
};
