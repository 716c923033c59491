import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { BillWarning } from '../../runs/rules/bill-plan.ts';
import type { Correction, Target } from '../../runs/rules/correction.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { type Ticket, type TicketNumber, unreadOf } from '../../syncro/ticket.ts';
import { readFullInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, readTicketBeside } from '../tickets/find-ticket.ts';
import type { PromisedCharges } from '../tickets/ports.ts';
import {
  type Correctable,
  type CorrectChoice,
  correctablesOf,
  corrected,
  correctWork,
  costOf,
  entryOf,
  laborAt,
  laborsOf,
  type NewLabor,
  newLabor,
  warningsOf,
} from './plan.ts';

export type CorrectDeps = FindDeps & {
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'invoices' | 'invoice' | 'product'>;
  readonly identity: Identity;
  readonly opened: OpenedForms;
  readonly promised: PromisedCharges;
  readonly lists: Pick<AccountLists, 'people'>;
  readonly clock: Clock;
  /** The settings' labor words. */
  readonly labor: readonly LaborType[];
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

export type CorrectPreview = {
  readonly ticket: Ticket;
  readonly correction: Correction;
  /** What it costs before and after; `null`: nobody is asked to pay, or nobody knows. */
  readonly costs: { readonly before: number | null; readonly after: number | null };
  /** Its labor, before and after, by the settings' words or Syncro's names; `null`: not known. */
  readonly labor: { readonly before: string | null; readonly after: string | null };
  /** It was charged from a time entry, which stays as it is. */
  readonly fromEntry: boolean;
  readonly warnings: readonly BillWarning[];
  readonly author: Author;
};

/** How a form names what it is about. */
export const keyOf = ({ of, id }: Pick<Target, 'of' | 'id'>): string => `${of} ${id}`;

const isOwn = ({ technicianId }: Correctable, { syncroUserId }: Technician): boolean => technicianId === syncroUserId;

/** Putting right what is on a ticket and not invoiced yet. */
export const createCorrecting = (deps: CorrectDeps) => {
  const { reads, identity, opened, lists, clock } = deps;

  /** @throws AppError also where nobody can tell what is invoiced */
  const read = async (caller: Caller, number: TicketNumber) => {
    const [ticket, invoices] = await readTicketBeside(deps, caller, number, ({ id }) =>
      readFullInvoices(reads, caller, id),
    );
    const { taken } = await deps.promised.on(ticket.id);
    return { ticket, invoices, all: correctablesOf(ticket, invoices, taken) };
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

  /** Of logged time Syncro names the product alone. */
  const rateOf = async (caller: Caller, target: Target): Promise<number | null> =>
    target.of === 'line' || target.productId === null
      ? null
      : (await reads.product(caller, target.productId)).rateCents;

  const readLabor = async (caller: Caller, labor: LaborType): Promise<NewLabor> => {
    const [product, base] = await Promise.all([
      reads.product(caller, labor.productId),
      labor.rate ? reads.product(caller, labor.rate.productId) : null,
    ]);
    return { labor, product, base };
  };

  /** The word that it was billed with; `null`: none stands for its product. Only of several their rates are read. */
  const laborNow = async (caller: Caller, target: Target): Promise<LaborType | null> => {
    const words = laborsOf(target, deps.labor);
    if (words.length < 2) return words[0] ?? null;
    return laborAt(target, await Promise.all(words.map((word) => readLabor(caller, word))));
  };

  const wordOf = (target: Target | null): string | null => {
    if (!target) return null;
    return target.of === 'line'
      ? target.name
      : (deps.labor.find(({ productId }) => productId === target.productId)?.word ?? null);
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

    /** One of the list, as it is now. @throws AppError also stale */
    look: async (
      technician: Technician,
      number: TicketNumber,
      key: string,
    ): Promise<{ readonly ticket: Ticket; readonly target: Target; readonly labor: LaborType | null }> => {
      const caller = await identity.reader(technician);
      const { ticket, all } = await read(caller, number);
      const target = ownTarget(all, technician, number, key);
      return { ticket, target, labor: await laborNow(caller, target) };
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
      const { ticket, invoices, all } = await read(caller, form.ticketNumber);
      const before = ownTarget(all, technician, form.ticketNumber, form.draft?.target ?? '');
      const labor = newLabor(choice.remove ? null : await laborNow(caller, before), choice);
      const [rate, to] = await Promise.all([rateOf(caller, before), labor && readLabor(caller, labor)]);
      const after = corrected(before, choice, to);
      if (after && JSON.stringify(after) === JSON.stringify(before))
        throw new AppError('stale', "You haven't changed anything.");
      const correction: Correction = { before, after };
      await opened.keepPreview(form, correctWork(ticket, invoices, correction, author), readAt);
      return {
        ticket,
        correction,
        costs: {
          before: costOf(before, rate),
          after: after && costOf(after, to ? to.product.rateCents : rate),
        },
        labor: { before: wordOf(before), after: wordOf(after) },
        fromEntry: entryOf(ticket, before),
        warnings: warningsOf(after, to),
        author,
      };
    },
  };
};

export type Correcting = ReturnType<typeof createCorrecting>;
