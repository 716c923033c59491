import { AppError } from '../../../shared/errors.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { type NotUnderstood, notUnderstood, understood } from '../../../slack/feature.ts';
import { inView, readingView } from '../../../slack/forms/in-view.ts';
import { intoView, openView } from '../../../slack/forms/views.ts';
import { fromAnotherTime } from '../../../slack/pressed.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { parseTicketNumber, parseTicketRef, type TicketPage, type TicketRef } from '../../../syncro/ticket-ref.ts';
import type { TicketForms } from '../ports.ts';

type Understood<Args> = { readonly ok: true; readonly args: Args };

/**
 * Reads the ticket that a command begins with.
 * @param usage an example of it
 * @param choose the button that asks which ticket it is, and keeps what was typed instead of its number
 */
export const withTicket = <Args>(
  usage: string,
  words: readonly string[],
  make: (ticket: TicketRef, rest: readonly string[]) => Understood<Args> | NotUnderstood,
  choose?: string,
): Understood<Args> | NotUnderstood => {
  const ticket = parseTicketRef(words[0]);
  if (ticket) return make(ticket, words.slice(1));
  if (words[0] === undefined) return notUnderstood('Which ticket? A number is missing.', usage, choose);
  return notUnderstood(`"${shorten(words[0], 60)}" is not a ticket number.`, usage, choose);
};

/** A command about one ticket and nothing else. */
export const ticketOnly =
  (usage: string, choose?: string) =>
  (words: readonly string[]): Understood<{ readonly ticket: TicketRef }> | NotUnderstood =>
    withTicket(usage, words, (ticket) => understood({ ticket }), choose);

export const numberOf = (text: string): TicketNumber => {
  const number = parseTicketNumber(text);
  if (number === null) throw fromAnotherTime();
  return number;
};

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
