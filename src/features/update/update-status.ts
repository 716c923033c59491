import type { TicketChange } from '../../runs/rules/purpose.ts';
import type { Run } from '../../runs/rules/run.ts';
import type { StartDeps } from '../../runs/start-run.ts';
import { matchWords } from '../../shared/match-word.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { Ticket, TicketNumber } from '../../syncro/ticket.ts';
import { readInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, readTicket } from '../tickets/find-ticket.ts';
import { type ChangeSet, changeAtOnce } from './change-ticket.ts';

export type UpdateDeps = FindDeps & {
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'invoices' | 'invoice'>;
  readonly identity: Identity;
  readonly lists: AccountLists;
  readonly starting: StartDeps;
  /** The status that says that a ticket was billed. */
  readonly invoiceStatus: string;
};

/** What came of a wish for one change. In all but `started` nothing was sent. */
export type Updated = { readonly number: TicketNumber } & (
  | { readonly result: 'started'; readonly run: Run }
  /** It is so already. */
  | { readonly result: 'same'; readonly change: TicketChange }
  | { readonly result: 'several'; readonly typed: string; readonly statuses: readonly string[] }
  | {
      readonly result: 'none';
      readonly typed: string;
      readonly near: string | null;
      readonly statuses: readonly string[];
    }
  | { readonly result: 'no_invoice'; readonly status: string }
);

const WAITING = /^waiting\b/i;

/** Is this the status of a billed ticket, and the ticket was never billed? @throws AppError */
export const lacksInvoice = async (
  { reads, invoiceStatus }: Pick<UpdateDeps, 'reads' | 'invoiceStatus'>,
  caller: Caller,
  ticket: Ticket,
  status: string,
): Promise<boolean> =>
  status.toLowerCase() === invoiceStatus.toLowerCase() && (await readInvoices(reads, caller, ticket.id)).length === 0;

/** Changes asked for with one line or one press. Each throws AppError when Syncro or the key is not to be had. */
export const createUpdating = (deps: UpdateDeps) => {
  const { identity, lists, starting } = deps;

  const begin = async (technician: Technician, number: TicketNumber) => {
    const { caller, author } = await identity.writer(technician, 'person');
    const readAt = starting.clock.now();
    const [ticket, settings] = await Promise.all([readTicket(deps, caller, number), lists.ticketSettings(caller)]);
    return { technician, caller, author, readAt, ticket, settings };
  };

  type Begun = Awaited<ReturnType<typeof begin>>;

  const change = async (
    { technician, author, ticket, readAt }: Pick<Begun, 'technician' | 'ticket' | 'readAt'> & { author: Author },
    set: ChangeSet,
  ): Promise<Updated> => ({
    number: ticket.number,
    result: 'started',
    run: await changeAtOnce(starting, { technician, author, ticket, set, readAt }),
  });

  const toStatus = async (begun: Begun, status: string): Promise<Updated> => {
    const { ticket, caller } = begun;
    const one: TicketChange = { field: 'status', from: ticket.status, to: status };
    if (ticket.status === status) return { number: ticket.number, result: 'same', change: one };
    if (await lacksInvoice(deps, caller, ticket, status))
      return { number: ticket.number, result: 'no_invoice', status };
    return change(begun, { fields: { status }, changes: [one] });
  };

  return {
    /** A status by the beginnings of its words; what is not unique is never guessed. */
    byWords: async (technician: Technician, number: TicketNumber, typed: string): Promise<Updated> => {
      const begun = await begin(technician, number);
      const { statuses } = begun.settings;
      const found = matchWords(typed, statuses);
      switch (found.match) {
        case 'one':
          return toStatus(begun, found.value);
        case 'several':
          return { number, result: 'several', typed, statuses: found.values };
        case 'none':
          return { number, result: 'none', typed, near: found.near, statuses };
      }
    },

    /** The account's status for waiting: the one that begins so. Of several the person chooses. */
    waiting: async (technician: Technician, number: TicketNumber): Promise<Updated> => {
      const begun = await begin(technician, number);
      const { statuses } = begun.settings;
      const all = statuses.filter((status) => WAITING.test(status));
      const [one, ...others] = all;
      if (one === undefined) return { number, result: 'none', typed: 'Waiting', near: null, statuses };
      return others.length === 0
        ? toStatus(begun, one)
        : { number, result: 'several', typed: 'Waiting', statuses: all };
    },

    /** A status that was offered: itself, or none if the account has it no more. */
    toStatus: async (technician: Technician, number: TicketNumber, status: string): Promise<Updated> => {
      const begun = await begin(technician, number);
      const { statuses } = begun.settings;
      return statuses.includes(status)
        ? toStatus(begun, status)
        : { number, result: 'none', typed: status, near: null, statuses };
    },

    /** The ticket becomes the technician's own. */
    take: async (technician: Technician, number: TicketNumber): Promise<Updated> => {
      const begun = await begin(technician, number);
      const { ticket, caller } = begun;
      const one: TicketChange = {
        field: 'technician',
        from: await lists.assignee(caller, ticket),
        to: technician.name,
      };
      const { syncroUserId } = technician;
      return ticket.technicianId === syncroUserId
        ? { number, result: 'same', change: one }
        : change(begun, { fields: { technicianId: syncroUserId }, changes: [one] });
    },
  };
};

export type Updating = ReturnType<typeof createUpdating>;
