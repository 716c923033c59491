import { isAppError } from '../../shared/errors.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { KnownTicket, TicketId, TicketNumber } from '../../syncro/ticket.ts';
import type { TicketRef } from '../../syncro/ticket-ref.ts';
import { type FindDeps, findTicket } from './find-ticket.ts';

/** `subject` and `customerName` are `null` when Syncro could not be asked. */
export type NamedTicket = {
  readonly number: TicketNumber;
  readonly subject: string | null;
  readonly customerName: string | null;
};

export type NamedTickets = {
  readonly tickets: readonly NamedTicket[];
  /** Numbers that no ticket has. */
  readonly missing: readonly TicketNumber[];
};

type Deps = FindDeps & { readonly identity: Pick<Identity, 'reader'> };

/** More than that are a list of tickets, and nobody works on a list. */
const MOST_NAMED = 5;

const isMissing = (error: unknown): boolean => isAppError(error) && error.code === 'not_found';

const readPage = async (deps: Deps, caller: Caller, page: TicketId): Promise<KnownTicket> => {
  const ticket = await deps.reads.ticket(caller, page);
  await deps.memory.remember(ticket);
  return ticket;
};

/** The number behind the address of a ticket's page, which holds the id. @throws AppError not_found */
export const numberOfPage = async (deps: Deps, technician: Technician, id: TicketId): Promise<TicketNumber> =>
  (await readPage(deps, await deps.identity.reader(technician), id)).number;

const lookUp = async (deps: Deps, caller: Caller, ref: TicketRef): Promise<NamedTicket | TicketNumber | null> => {
  try {
    const found = ref.by === 'number' ? findTicket(deps, caller, ref.number) : readPage(deps, caller, ref.id);
    const { number, subject, customerName } = await found;
    return { number, subject, customerName };
  } catch (error) {
    if (ref.by === 'page') return null;
    return isMissing(error) ? ref.number : { number: ref.number, subject: null, customerName: null };
  }
};

/**
 * The tickets behind what a text names, each once. A number counts unchecked while Syncro does not answer: the form that
 * it leads to reads the ticket again.
 * @throws AppError no_key
 */
export const findNamedTickets = async (
  deps: Deps,
  technician: Technician,
  refs: readonly TicketRef[],
): Promise<NamedTickets> => {
  if (refs.length === 0) return { tickets: [], missing: [] };
  const caller = await deps.identity.reader(technician);
  const found = await Promise.all(refs.slice(0, MOST_NAMED).map((ref) => lookUp(deps, caller, ref)));
  const tickets = found.filter((one): one is NamedTicket => typeof one === 'object' && one !== null);
  return {
    tickets: [...new Map(tickets.map((ticket) => [ticket.number, ticket])).values()],
    missing: found.filter((one): one is TicketNumber => typeof one === 'number'),
  };
};
