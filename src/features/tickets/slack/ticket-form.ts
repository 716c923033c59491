import type { ModalView } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
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

type FormOnTicket<Use, Fields> = {
  readonly title: (number: TicketNumber) => string;
  readonly filledWith: (
    asked: Asked<Use>,
    number: TicketNumber,
    draft: Partial<Fields>,
    where: Where,
  ) => {
    readonly view: (formId: string, about: About) => ModalView;
    /** Reads what stands over the form. */
    readonly about: (formId: string) => Promise<About>;
  };
  /** It can't be sent without what stands over it: when it comes back, it says why that can't be read. */
  readonly needsAbout?: true;
};

/** A form about a ticket: how it opens, and how it comes back from its preview. */
export const ticketForm = <Use extends Forms, Fields extends Draft>({
  title,
  filledWith,
  needsAbout,
}: FormOnTicket<Use, Fields>) => {
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
    const { view, about } = filledWith(asked, number, draft, where);
    const formId = await opened.open(technician, { ticketNumber: number, timerId, askedIn: asked.channel });
    const known = await remembered(number);
    const first = view(formId, known ? { ticket: known } : null);
    const shown = viewId
      ? await updateView(deps, { id: viewId, hash: null }, first)
      : await openView(deps, asked.triggerId, first);
    if (!shown) return;
    const next = await about(formId).then(
      (all) => view(formId, all),
      (error: unknown) => {
        const problem = failureReply(deps, error, {
          command: asked.command,
          writing: true,
          who: technician.name,
          interrupted: asked.text ?? '',
        });
        // A form for a ticket that does not exist leads nowhere; any other trouble leaves what is being typed alone.
        if (isAppError(error) && error.code === 'not_found') return problemView(title(number), problem);
        return view(formId, { problem });
      },
    );
    // Whoever was quicker than Syncro has moved on to the preview: then this view is not theirs any more.
    if (await opened.isBeingFilledIn(technician, formId)) await updateView(deps, shown, next);
  };

  /** `Back`: the form as it was left, with everything that was typed; what stands over it is read again. */
  const back: Action<Use> = async (pressed) => {
    const { deps, technician, command } = pressed;
    const { opened, remembered } = pressed.use;
    const { formId, viewId } = formOf(pressed);
    const { ticketNumber, draft } = await opened.reopen(technician, formId);
    if (ticketNumber === null) return;
    const { view, about } = filledWith(pressed, ticketNumber, draft as Partial<Fields>, {});
    const known = await remembered(ticketNumber);
    const shown = await updateView(deps, { id: viewId, hash: null }, view(formId, known ? { ticket: known } : null));
    if (!shown) return;
    const all = await about(formId).catch((error: unknown): About => {
      if (!needsAbout) return null;
      return { problem: failureReply(deps, error, { command, writing: true, who: technician.name }) };
    });
    if (all && (await opened.isBeingFilledIn(technician, formId))) await updateView(deps, shown, view(formId, all));
  };

  return { open, back };
};
