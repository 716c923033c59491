import { AppError } from '../../../shared/errors.ts';
import type { Asked } from '../../../slack/asked.ts';
import { inView, readingView } from '../../../slack/forms/in-view.ts';
import { intoView, openView } from '../../../slack/forms/views.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { TicketPage, TicketRef } from '../../../syncro/ticket-ref.ts';
import type { TicketForms } from '../ports.ts';

type Pages = Pick<TicketForms, 'numberOfPage'>;

/** @throws AppError not_found: an address of another Syncro holds an id that may be anybody's here */
export const mustBeOurs = ({ deps }: Pick<Asked, 'deps'>, { host }: TicketPage): void => {
  if (host !== deps.links.host) throw new AppError('not_found', `${host} is not your Syncro (${deps.links.host}).`);
};

/** The ticket's number; behind an address Syncro is asked for it. @throws AppError */
export const numberBehind = async (asked: Asked<Pages>, ticket: TicketRef): Promise<TicketNumber> => {
  if (ticket.by === 'number') return ticket.number;
  mustBeOurs(asked, ticket);
  return asked.use.numberOfPage(asked.technician, ticket.id);
};

const TITLE = 'Syncro';

/** Opens a form about a ticket. While the number behind an address is looked up, a view says so: the trigger dies after 3 seconds. */
export const formOn = async <Use extends Pages>(
  asked: Asked<Use>,
  ticket: TicketRef,
  open: (asked: Asked<Use>, number: TicketNumber) => Promise<void>,
): Promise<void> => {
  if (ticket.by === 'number') return open(asked, ticket.number);
  mustBeOurs(asked, ticket);
  const { id } = await openView(asked.deps, asked.triggerId, readingView(TITLE, 'Reading the ticket'));
  await inView(asked, id, TITLE, async () =>
    open({ ...asked, triggerId: intoView(id) }, await numberBehind(asked, ticket)),
  );
};
