import type { TicketMemory } from '../../runs/ports.ts';
import { AppError } from '../../shared/errors.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { KnownTicket, Ticket, TicketNumber } from '../../syncro/ticket.ts';

export type FindDeps = {
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket'>;
  readonly memory: TicketMemory;
};

const noTicket = (number: TicketNumber): AppError =>
  new AppError('not_found', `No ticket #${number} in Syncro.`, { subject: `ticket #${number}` });

/**
 * The ticket behind a number: from memory, else by exact number from Syncro, then remembered for good.
 * @throws AppError not_found
 */
export const findTicket = async (deps: FindDeps, caller: Caller, number: TicketNumber): Promise<KnownTicket> => {
  const known = await deps.memory.recall(number);
  if (known) return known;
  const found = await deps.reads.findTicket(caller, number);
  if (!found) {
    await deps.memory.forget(number);
    throw noTicket(number);
  }
  await deps.memory.remember(found);
  return found;
};

/**
 * The ticket's own page, live. A remembered id that is gone, or that answers with another number, is looked up again.
 * @throws AppError not_found
 */
export const readTicket = async (deps: FindDeps, caller: Caller, number: TicketNumber): Promise<Ticket> => {
  const remembered = (await deps.memory.recall(number)) !== null;
  const known = await findTicket(deps, caller, number);
  const ticket = await deps.reads.ticket(caller, known.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  });
  if (ticket && ticket.number === number) {
    await deps.memory.remember(ticket);
    return ticket;
  }
  await deps.memory.forget(number);
  if (remembered) return readTicket(deps, caller, number);
  throw noTicket(number);
};

/** By what more is read of a ticket. */
export type Handle = Pick<KnownTicket, 'id' | 'customerId'>;

/**
 * The ticket's own page, and what else is read of it at the same time: by what is remembered of the number, and again
 * if that turns out to be no longer so.
 * @throws AppError not_found
 */
export const readTicketBeside = async <T>(
  deps: FindDeps,
  caller: Caller,
  number: TicketNumber,
  beside: (ticket: Handle) => Promise<T>,
): Promise<readonly [Ticket, T]> => {
  const known = await findTicket(deps, caller, number);
  const early = beside(known);
  // Looked at below, or of no interest any more.
  early.catch(() => undefined);
  const ticket = await readTicket(deps, caller, number);
  const isSame = ticket.id === known.id && ticket.customerId === known.customerId;
  return [ticket, await (isSame ? early : beside(ticket))];
};

/** The numbers on every list that a person reads are known before they are typed or pressed. */
export const rememberingListed = <Reads extends Pick<SyncroReads, 'tickets'>>(
  reads: Reads,
  memory: Pick<TicketMemory, 'rememberAll'>,
): Reads => ({
  ...reads,
  tickets: async (caller, filter) => {
    const page = await reads.tickets(caller, filter);
    // What is read in the background is thousands, and nobody is about to type them.
    if (caller.lane === 'person') await memory.rememberAll(page.rows);
    return page;
  },
});
