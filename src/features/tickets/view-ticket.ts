import { dueDay } from '../../shared/calendar.ts';
import { AppError, type AppErrorCode } from '../../shared/errors.ts';
import { assigneeName, type Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Customer } from '../../syncro/customer.ts';
import { type Identity, patient } from '../../syncro/identity.ts';
import type { InvoiceSummary } from '../../syncro/invoice.ts';
import type { Caller, Page, SyncroReads } from '../../syncro/ports.ts';
import { type Comment, type LineItem, NO_CUSTOMER, type Ticket, unreadOf } from '../../syncro/ticket.ts';
import { readInvoices, readWholeInvoice } from '../../syncro/ticket-invoices.ts';
import type { TicketRef } from '../../syncro/ticket-ref.ts';
import { type FindDeps, type Handle, readTicketBeside } from './find-ticket.ts';
import type { Copied, Promised, PromisedCharges, TicketCopy } from './ports.ts';
import type { RecentCustomers } from './recent-customers.ts';
import { uninvoicedLines } from './unbilled.ts';

/** Everything that the card shows. */
export type TicketCard = {
  readonly ticket: Ticket;
  /** The day that it is due, `YYYY-MM-DD` by the account's calendar. */
  readonly due: string | null;
  /** `null`: nobody. */
  readonly assignee: string | null;
  /** It is assigned to the person who looks at it. */
  readonly isMine: boolean;
  /** They may delete a ticket that was made twice. */
  readonly mayDelete?: true;
  /** What it can be set to; empty when the account's list could not be read. */
  readonly statuses: readonly string[];
  /** Newest first; `null`: they can't be read. */
  readonly comments: readonly Comment[] | null;
  /** `null`: there are more, Syncro does not say how many. */
  readonly olderComments: number | null;
  readonly lineItems: readonly LineItem[];
  /** Those of the lines that no invoice holds; `null`: an invoice can't be read, so nobody knows. */
  readonly uninvoiced: readonly LineItem[] | null;
  /** Of these, the day on which a recurring invoice is to take them, by the line's id. */
  readonly promised?: ReadonlyMap<number, string>;
  /** `null`: they can't be read, so nobody knows what is invoiced. */
  readonly invoices: readonly InvoiceSummary[] | null;
  /** Hundredths of an hour; `null`: no block. */
  readonly prepaidHundredths: number | null;
  /** Syncro has no such customer (any more). */
  readonly customerGone: boolean;
  /** Syncro does not tell of the customer, so nobody knows of a block. */
  readonly customerUnread?: boolean;
  /** Comments that can't be read, as far as they were looked at. */
  readonly unreadComments: number;
  /** True: of the copy, where nobody knows of lines, invoices, a block or the contact. */
  readonly copied?: true;
};

export type ViewDeps = FindDeps & {
  readonly identity: Identity;
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'comments' | 'invoices' | 'invoice'>;
  readonly customers: RecentCustomers;
  readonly promised: PromisedCharges;
  readonly lists: Pick<AccountLists, 'ticketSettings' | 'timeZone' | 'assignee' | 'ours'>;
};

const SHOWN_COMMENTS = 5;
/** How long a card that is complete but for the account's lists waits for them. */
const LISTS_PATIENCE_MS = 500;
const MOST_INVOICES = 10;

const NO_LISTS = { statuses: [] };

/**
 * Not every account flags a line that an invoice took: then the invoices tell, which costs a request each. `null`: they are
 * too many for a card.
 */
const openLines = async (
  { reads }: ViewDeps,
  caller: Caller,
  ticket: Ticket,
  invoices: readonly InvoiceSummary[],
  taken: Promised['taken'],
): Promise<readonly LineItem[] | null> => {
  const unflagged = uninvoicedLines(ticket, [], taken);
  if (unflagged.length === 0 || invoices.length === 0) return unflagged;
  if (invoices.length > MOST_INVOICES) return null;
  return uninvoicedLines(
    ticket,
    await Promise.all(invoices.map(({ id }) => readWholeInvoice(reads, caller, id))),
    taken,
  );
};

const GONE = 'gone';

/** `null`: it can't be read. */
type Beside = readonly [Page<Comment> | null, Customer | typeof GONE | null];

/** One thing of a ticket must not hide the others, where Syncro answers and only not with that. */
const unless =
  <T>(as: T, ...codes: readonly AppErrorCode[]) =>
  (error: unknown): T => {
    if (error instanceof AppError && codes.includes(error.code)) return as;
    throw error;
  };
const gone = unless<typeof GONE>(GONE, 'not_found');
const unread = unless(null, 'unreadable', 'invalid', 'not_allowed', 'not_found');

const standingOf = (
  { technicianId }: Pick<Ticket, 'technicianId'>,
  { syncroUserId, role }: Technician,
): Pick<TicketCard, 'isMine' | 'mayDelete'> => ({
  isMine: technicianId === syncroUserId,
  ...(role === 'admin' ? { mayDelete: true } : {}),
});

type CopyDeps = Pick<ViewDeps, 'identity' | 'lists'> & { readonly copy: Pick<TicketCopy, 'ticket'> };

/** What was copied of a ticket; nothing of what is charged. @throws AppError no_key, wrong_key */
export const viewCopied = async (
  { copy, identity, lists }: CopyDeps,
  technician: Technician,
  ref: TicketRef,
): Promise<Copied<TicketCard> | null> => {
  // Who could not read it in Syncro does not read it here.
  const reader = await identity.reader(technician);
  const found = ref.by === 'number' ? await copy.ticket(ref.number) : null;
  if (!found) return null;
  const { ticket, comments } = found.copy;
  const remembered = <T, L>(list: Promise<T>, otherwise: L) =>
    within(
      0,
      list.catch(() => otherwise),
      () => otherwise,
    );
  const [settings, zone] = await Promise.all([
    remembered(lists.ticketSettings(reader), { ...NO_LISTS, technicians: lists.ours }),
    remembered(lists.timeZone(reader), null),
  ]);
  const unknown = { lineItems: [], timers: [], unread: [], contact: null, technicianName: null };
  const nobody = { customerEmail: null, customerNoEmail: false, customerPhone: null };
  const card: TicketCard = {
    ticket: { ...ticket, ...unknown, ...nobody, comments },
    due: ticket.dueAt === null ? null : dueDay(ticket.dueAt, zone),
    assignee: assigneeName({ ...ticket, ...unknown }, settings.technicians),
    ...standingOf(ticket, technician),
    statuses: settings.statuses,
    comments: comments.slice(0, SHOWN_COMMENTS),
    olderComments: Math.max(0, comments.length - SHOWN_COMMENTS),
    ...{ lineItems: [], uninvoiced: null, invoices: null, prepaidHundredths: null },
    ...{ customerGone: false, unreadComments: 0, copied: true },
  };
  return { ...found, copy: card };
};

/** @throws AppError not_found, no_key, and what reading throws */
export const viewTicket = async (deps: ViewDeps, technician: Technician, ref: TicketRef): Promise<TicketCard> => {
  const { reads, lists, customers } = deps;
  const reader = await deps.identity.reader(technician);
  const caller = patient(reader);
  const settings = lists.ticketSettings(reader).catch(() => NO_LISTS);
  const beside = ({ id, customerId }: Handle): Promise<Beside> =>
    Promise.all([
      reads.comments(caller, id, { perPage: SHOWN_COMMENTS }).catch(unread),
      customerId === NO_CUSTOMER ? GONE : customers.current(caller, customerId).catch(gone).catch(unread),
    ]);
  const [ticket, [comments, customer]] =
    ref.by === 'number'
      ? await readTicketBeside(deps, caller, ref.number, beside)
      : await reads.ticket(caller, ref.id).then(async (found) => [found, await beside(found)] as const);
  const { dueAt } = ticket;
  const zone = dueAt === null ? null : lists.timeZone(reader);
  const invoices = ticket.lineItems.length > 0 ? await readInvoices(reads, caller, ticket.id).catch(unread) : [];
  const { days, taken } = await deps.promised.on(ticket.id);
  const uninvoiced = invoices && (await openLines(deps, caller, ticket, invoices, taken).catch(unread));
  // Buttons are not worth waiting for when Syncro is slow with the one list that only they need.
  const [{ statuses }, assignee, timeZone] = await Promise.all([
    within(LISTS_PATIENCE_MS, settings, () => NO_LISTS),
    within(LISTS_PATIENCE_MS, lists.assignee(reader, ticket), () => assigneeName(ticket, lists.ours)),
    within(LISTS_PATIENCE_MS, zone, () => null),
  ]);
  const shown = comments?.rows.slice(0, SHOWN_COMMENTS) ?? null;
  const count = shown?.length ?? 0;
  // Syncro may cut the comments that the ticket carries; then only the pages tell that there are more, not how many.
  const uncounted = comments !== null && ticket.comments.length <= count && comments.totalPages > 1;
  return {
    ticket,
    due: dueAt === null ? null : dueDay(dueAt, timeZone),
    assignee,
    ...standingOf(ticket, technician),
    statuses,
    comments: shown,
    olderComments: uncounted ? null : Math.max(0, ticket.comments.length - count),
    lineItems: ticket.lineItems,
    uninvoiced,
    promised: days,
    invoices,
    prepaidHundredths: (customer !== GONE && customer?.prepaidHundredths) || null,
    customerGone: customer === GONE,
    customerUnread: customer === null,
    unreadComments: Math.max(comments?.unread ?? 0, unreadOf(ticket, 'comment').length),
  };
};
