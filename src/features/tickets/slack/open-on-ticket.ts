import type { ModalView } from '@slack/types';
import { isAppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { TicketForms } from '../ports.ts';
import type { About } from './ticket-about.ts';

type Forms = Pick<TicketForms, 'opened' | 'remembered'>;

type FormOnTicket = {
  readonly title: string;
  readonly view: (formId: string, about: About) => ModalView;
  /** Reads what stands over the form. */
  readonly about: (formId: string) => Promise<About>;
  readonly timerId?: string | null;
};

/**
 * Opens a form about a ticket at once with what is remembered, then fills in what Syncro says. Nothing is read before
 * opening: the trigger dies after 3 seconds.
 * @param viewId a view that is open already and becomes this form
 */
export const openOnTicket = async (
  asked: Asked<Forms>,
  number: TicketNumber,
  { title, view, about, timerId = null }: FormOnTicket,
  viewId?: string,
): Promise<void> => {
  const { deps, technician } = asked;
  const { opened, remembered } = asked.use;
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
      if (isAppError(error) && error.code === 'not_found') return problemView(title, problem);
      return view(formId, { problem });
    },
  );
  // Whoever was quicker than Syncro has moved on to the preview: then this view is not theirs any more.
  if (await opened.isBeingFilledIn(technician, formId)) await updateView(deps, shown, next);
};

/** The form as it was left, in place of its preview; what stands over it is read again. */
export const showAgain = async (
  { deps, use, technician }: Asked<Forms>,
  formId: string,
  viewId: string,
  number: TicketNumber,
  { view, about }: { readonly view: (about: About) => ModalView; readonly about: () => Promise<About> },
): Promise<void> => {
  const known = await use.remembered(number);
  const shown = await updateView(deps, { id: viewId, hash: null }, view(known ? { ticket: known } : null));
  if (!shown) return;
  const all = await about().catch(() => null);
  if (all && (await use.opened.isBeingFilledIn(technician, formId))) await updateView(deps, shown, view(all));
};
