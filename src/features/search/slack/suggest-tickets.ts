import { isAppError } from '../../../shared/errors.ts';
import { within } from '../../../shared/within.ts';
import type { AskedFor, Suggest, Suggestions } from '../../../slack/asked.ts';
import { option } from '../../../slack/blocks.ts';
import type { TicketSummary } from '../../../syncro/ticket.ts';
import { parseTicketNumber, parseTicketPage } from '../../../syncro/ticket-ref.ts';
import { isAway } from '../search-tickets.ts';
import type { SearchUse } from './use.ts';

/** Slack waits 3 seconds, and then shows an error of its own. */
const PATIENCE_MS = 2_300;
const MOST_OFFERED = 50;
/** An option that only says something: it is no ticket, and the form says so when it is chosen. */
const NO_TICKET = 'none';

type Offered = Pick<TicketSummary, 'number'> & {
  readonly subject: string | null;
  readonly customerName: string | null;
};

const ticketOption = ({ number, subject, customerName }: Offered) =>
  option(`#${number} ${[customerName, subject].filter(Boolean).join(' · ')}`, String(number));

const said = (words: string): Suggestions => ({ options: [option(words, NO_TICKET)] });

const unanswered = (words: string): Suggestions => {
  const number = parseTicketNumber(words);
  if (number === null) return said("Syncro isn't answering. Type the ticket's number.");
  return { options: [option(`#${number} (not checked: Syncro isn't answering)`, String(number))] };
};

const offer = async ({ deps, use, technician }: AskedFor<SearchUse>, words: string): Promise<readonly Offered[]> => {
  const page = parseTicketPage(words);
  if (page?.host !== deps.links.host) return use.suggestTickets(technician, words);
  return (await use.namedTickets(technician, [page])).tickets;
};

/** My open tickets before anything is typed; then by number, subject, customer or comment. */
export const suggestTickets: Suggest<SearchUse> = async (asked, query) => {
  const { deps } = asked;
  const words = query.trim().slice(0, 200);
  try {
    const rows = await within(PATIENCE_MS, offer(asked, words), () => null);
    return rows ? { options: rows.slice(0, MOST_OFFERED).map(ticketOption) } : unanswered(words);
  } catch (error) {
    if (isAway(error)) return unanswered(words);
    deps.log.info({ err: error }, 'no tickets could be suggested');
    return said(isAppError(error) ? error.message : 'Something went wrong on our side.');
  }
};
