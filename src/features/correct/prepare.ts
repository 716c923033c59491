import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { Correction, Target } from '../../runs/rules/correction.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { type Ticket, type TicketNumber, unreadOf } from '../../syncro/ticket.ts';
import { readFullInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, readTicketBeside } from '../tickets/find-ticket.ts';
import type { PromisedCharges } from '../tickets/ports.ts';
import { type Change, type ChangeDeps, createChanges, type OnTicket } from './change.ts';
import { minutesOf } from './making.ts';
import { type Correctable, type CorrectChoice, correctablesOf, correctWork, entryOf } from './plan.ts';

export type CorrectDeps = FindDeps &
  ChangeDeps & {
    readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'invoices' | 'invoice' | 'product'>;
    readonly identity: Identity;
    readonly opened: OpenedForms;
    readonly promised: PromisedCharges;
    readonly lists: Pick<AccountLists, 'people' | 'timeZone'>;
  };

/** What can be corrected on a ticket: one's own, and whom to ask about the rest. */
export type CorrectableList = {
  readonly ticket: Ticket;
  readonly own: readonly Target[];
  /** `by`: `null` where Syncro does not say whose it is. */
  readonly others: ReadonlyArray<{ readonly target: Target; readonly by: string | null }>;
  /** Lines and time entries that can't be read. */
  readonly unread: number;
};

export type CorrectPreview = Omit<Change, 'after'> & {
  readonly ticket: Ticket;
  readonly correction: Correction;
  /** It was charged from a time entry, which stays as it is. */
  readonly fromEntry: boolean;
  readonly author: Author;
};

/** How a form names what it is about. */
export const keyOf = ({ of, id }: Pick<Target, 'of' | 'id'>): string => `${of} ${id}`;

const isOwn = ({ technicianId }: Correctable, { syncroUserId }: Technician): boolean => technicianId === syncroUserId;

/** One of them, and what is asked of it. */
export type Looked = {
  readonly ticket: Ticket;
  readonly target: Target;
  readonly labor: LaborType | null;
  readonly minutes: number;
  readonly isAsTyped: boolean;
};

/** Putting right what is on a ticket and not invoiced yet. */
export const createCorrecting = (deps: CorrectDeps) => {
  const { reads, identity, opened, lists, clock } = deps;
  const changes = createChanges(deps);

  /** @throws AppError also where nobody can tell what is invoiced */
  const read = async (
    caller: Caller,
    number: TicketNumber,
  ): Promise<OnTicket & { readonly all: readonly Correctable[] }> => {
    const [ticket, invoices] = await readTicketBeside(deps, caller, number, ({ id }) =>
      readFullInvoices(reads, caller, id),
    );
    const promised = await deps.promised.on(ticket.id);
    return { ticket, invoices, promised, all: correctablesOf(ticket, invoices, promised.taken) };
  };

  /** @throws AppError stale: it is gone, invoiced, charged or somebody else's */
  const ownTarget = (
    all: readonly Correctable[],
    technician: Technician,
    number: TicketNumber,
    key: string,
  ): Target => {
    const found = all.find(({ target }) => keyOf(target) === key);
    if (!found)
      throw new AppError(
        'stale',
        `It's no longer on #${number}, or it was charged or invoiced meanwhile. Open the ticket again.`,
      );
    if (!isOwn(found, technician))
      throw new AppError('stale', `It isn't yours in Syncro, so it can't be changed here.`);
    return found.target;
  };

  return {
    /** @throws AppError not_found, no_key */
    list: async (technician: Technician, number: TicketNumber): Promise<CorrectableList> => {
      const caller = await identity.reader(technician);
      const { ticket, all } = await read(caller, number);
      const others = all.filter((one) => !isOwn(one, technician));
      const people = await lists.people(
        caller,
        others.map(({ technicianId }) => technicianId),
      );
      const nameOf = (wanted: number | null) =>
        wanted === null ? null : (people.find(({ id }) => id === wanted)?.name ?? `Syncro user ${wanted}`);
      return {
        ticket,
        own: all.filter((one) => isOwn(one, technician)).map(({ target }) => target),
        others: others.map(({ target, technicianId }) => ({ target, by: nameOf(technicianId) })),
        unread: unreadOf(ticket, 'line').length + unreadOf(ticket, 'time_entry').length,
      };
    },

    /**
     * One of the list, as it is now.
     * @returns `labor`: `null` where no word stands for its product. `isAsTyped`: nobody knows its worked minutes
     * @throws AppError also stale
     */
    look: async (technician: Technician, number: TicketNumber, key: string): Promise<Looked> => {
      const caller = await identity.reader(technician);
      const { ticket, all } = await read(caller, number);
      const target = ownTarget(all, technician, number, key);
      if (target.of === 'time_entry')
        return {
          ticket,
          target,
          labor: changes.wordOf(target.productId),
          minutes: minutesOf(target),
          isAsTyped: false,
        };
      const was = await changes.making(caller, ticket, target);
      const { labor = null, workedMinutes: minutes = minutesOf(target), times = false } = was ?? {};
      return { ticket, target, labor, minutes, isAsTyped: times === null };
    },

    /** Reads it live once more and plans; the plan is what is sent when it is confirmed. @throws AppError */
    preview: async (
      technician: Technician,
      formId: string,
      choice: CorrectChoice,
      preview: string | null = null,
    ): Promise<CorrectPreview> => {
      const form = await opened.toPreview(technician, formId, preview);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const found = await read(caller, form.ticketNumber);
      const { ticket, invoices } = found;
      const before = ownTarget(found.all, technician, form.ticketNumber, form.draft?.target ?? '');
      const { after, ...changed } = await changes.change(technician, caller, found, before, choice);
      if (changed.pricing === null && JSON.stringify(after) === JSON.stringify(before))
        throw new AppError('stale', "You haven't changed anything.");
      const { workedMinutes, labor, price, decided = [] } = changed.pricing ?? {};
      const priced = labor &&
        workedMinutes &&
        price && { laborWord: labor.word, workedMinutes, billedMinutes: price.billedMinutes };
      const correction: Correction = { before, after, ...(priced ? { priced } : {}) };
      await opened.keepPreview(form, correctWork(ticket, invoices, correction, author, decided), readAt);
      return { ...changed, ticket, correction, fromEntry: entryOf(ticket, before), author };
    },
  };
};

export type Correcting = ReturnType<typeof createCorrecting>;
