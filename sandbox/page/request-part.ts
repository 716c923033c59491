import type { FaultKind } from '../syncro/faults.ts';
import type { LoggedRequest } from '../syncro/request-log.ts';
import type { SyncroState } from '../syncro/state.ts';
import type { RequestPart } from './shapes.ts';

export const technicianName = (state: SyncroState, id: number | null): string =>
  state.users.find((user) => user.id === id)?.full_name ?? 'nobody';

const WORDS: readonly (readonly [method: string, path: RegExp, words: string])[] = [
  ['POST', /\/comment$/, 'comment'],
  ['POST', /\/add_line_item$/, 'labor line'],
  ['POST', /\/remove_line_item$/, 'remove a line'],
  ['POST', /\/timer_entry$/, 'timer entry'],
  ['POST', /\/charge_timer_entry$/, 'charge the timer'],
  ['POST', /^\/invoices$/, 'invoice'],
  ['POST', /^\/tickets$/, 'new ticket'],
  ['PUT', /^\/tickets\/\d+$/, 'change the ticket'],
  ['DELETE', /^\/invoices\/\d+$/, 'delete the invoice'],
  ['GET', /^\/invoices\/\d+/, 'read the invoice'],
  ['GET', /^\/invoices/, 'look for invoices'],
  ['GET', /^\/tickets\/\d+\/comments/, 'read the comments'],
  ['GET', /^\/tickets\/\d+/, 'read the ticket'],
  ['GET', /^\/(tickets\/)?settings/, "read the account's lists"],
  ['GET', /^\/tickets/, 'look for tickets'],
  ['GET', /^\/contacts/, 'look for contacts'],
  ['GET', /^\/customers\/\d+/, 'read the customer'],
  ['GET', /^\/customers/, 'look for customers'],
  ['GET', /^\/products\/\d+/, 'read the price'],
  ['GET', /^\/users/, 'who works here'],
  ['GET', /^\/me\b/, 'whose key is it'],
];

const wordsFor = ({ method, path, body }: LoggedRequest): string => {
  const bare = path.replace(/\?.*/, '');
  if (method === 'PUT' && typeof body.status === 'string') return `status ${body.status}`;
  return WORDS.find(([verb, pattern]) => verb === method && pattern.test(bare))?.[2] ?? `${method} ${bare}`;
};

const ticketOf = (state: SyncroState, { at, method, path, body }: LoggedRequest): number | null => {
  if (method === 'POST' && path === '/tickets') {
    const made = state.tickets.findLast(({ subject }) => subject === body.subject);
    return made && Date.parse(made.created_at) > at - 1_000 ? made.number : null;
  }
  const id = Number(/^\/tickets\/(\d+)/.exec(path)?.[1] ?? body.ticket_id);
  return state.tickets.find((ticket) => ticket.id === id)?.number ?? null;
};

/** What a fault did, in words for people; the others show Syncro's status. */
const FAULT_WORDS: Partial<Record<FaultKind, string>> = { 'cut-before': 'lost', 'cut-after': 'answer cut' };

const answerOf = ({ status, ms, fault }: LoggedRequest): Pick<RequestPart, 'answer' | 'outcome'> => {
  if (ms === null) return { answer: '…', outcome: 'open' };
  if (status === 0) return { answer: (fault && FAULT_WORDS[fault]) ?? 'no answer', outcome: 'bad' };
  return { answer: String(status), outcome: status >= 400 ? 'bad' : 'good' };
};

/** A request as the page tells of it. */
export const requestPart = (state: SyncroState, request: LoggedRequest): RequestPart => ({
  id: `${request.at} ${request.method} ${request.path}`,
  at: request.at,
  method: request.method,
  path: request.path,
  what: wordsFor(request),
  writes: request.method !== 'GET',
  technician: technicianName(state, request.technician),
  ticket: ticketOf(state, request),
  ...answerOf(request),
});
