import type { Asked } from '../../../slack/asked.ts';
import { parseTicketPage } from '../../../syncro/ticket-ref.ts';
import type { FoundTickets } from '../search-tickets.ts';
import type { SearchUse } from './use.ts';

/** A search asked anew; an address of our Syncro means the ticket behind it. @throws AppError */
export const searchByWords = async (
  { deps, use, technician }: Pick<Asked<SearchUse>, 'deps' | 'use' | 'technician'>,
  typed: string,
): Promise<FoundTickets> => {
  const page = parseTicketPage(typed);
  const words = page?.host === deps.links.host ? String(await use.numberOfPage(technician, page.id)) : typed;
  return use.searchTickets(technician, { words, openOnly: false, page: 1, anew: true });
};
