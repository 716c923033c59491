import type { RequestOutcome } from '../shared/errors.ts';
import type { Product } from '../shared/labor.ts';
import type { Log as AnyLog } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { Contract, OddContract } from './contract.ts';
import type { Customer, CustomerSummary } from './customer.ts';
import type { Invoice, InvoiceSummary } from './invoice.ts';
import type { Schedule } from './schedule.ts';
import type { Comment, Contact, Ticket, TicketId, TicketNumber, TicketSummary, TimerEntry } from './ticket.ts';
import type { Write, WriteOutcome } from './write.ts';

/** Whose turn it is at the limiter: what people confirmed first, then people, background last. */
export const LANES = ['person', 'run', 'background'] as const;

export type Lane = (typeof LANES)[number];

/** On whose behalf a request goes out. */
export type Caller = {
  readonly key: ApiKey;
  readonly lane: Lane;
  /** Nobody sits before a form: the answer comes as a message, and it may take minutes until it is this one's turn. */
  readonly patient?: true;
};

export type Page<T> = {
  readonly rows: readonly T[];
  readonly page: number;
  /** 1 when Syncro does not say. */
  readonly totalPages: number;
  /** False: Syncro did not say how many pages there are, so `totalPages` says nothing. */
  readonly isCounted?: false;
  /** Rows that can't be read and are left out; absent: none. */
  readonly unread?: number;
};

export type TicketFilter = {
  readonly query?: string;
  /** A status of the account, or `Not Closed`. */
  readonly status?: string;
  readonly customerId?: number;
  readonly technicianId?: number;
  readonly mine?: boolean;
  readonly updatedSince?: number;
  readonly page?: number;
};

export type Me = {
  readonly userId: number;
  readonly name: string;
  readonly email: string | null;
  readonly subdomain: string | null;
};

export type TicketSettings = {
  readonly statuses: readonly string[];
  readonly technicians: ReadonlyArray<{ readonly id: number; readonly name: string }>;
  readonly defaultLaborProductId: number | null;
};

/** A day of the week on which the account is open, by its own clock. */
export type BusinessDay = {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** `09:00`: times compare as texts. */
  readonly opens: string;
  /** `24:00` is midnight; what comes before it opens is on the day after. */
  readonly closes: string;
};

export type AccountSettings = {
  readonly priorities: readonly string[];
  readonly problemTypes: readonly string[];
  /** As Syncro names it. */
  readonly timeZone: string | null;
  readonly currencySymbol: string | null;
  /** A day that is not among them is closed. `null`: the account keeps none. */
  readonly businessHours: readonly BusinessDay[] | 'unread' | null;
};

/**
 * Everything that is read from Syncro. Reads are retried with backoff inside.
 * @throws AppError not_found, key_refused, not_allowed, invalid, rate_limited, unreachable, unreadable
 */
export interface SyncroReads {
  /** By number, compared exactly. `null`: there is none. The id behind a number is remembered by the caller. */
  findTicket(caller: Caller, number: TicketNumber): Promise<TicketSummary | null>;
  ticket(caller: Caller, id: TicketId): Promise<Ticket>;
  tickets(caller: Caller, filter: TicketFilter): Promise<Page<TicketSummary>>;
  /**
   * As `tickets`, with what the list still carries of the comments: the first one, since March 2026.
   * @param options `updatedSince`: epoch milliseconds; whether that moment is included is not said
   */
  listedTickets(
    caller: Caller,
    options: { readonly updatedSince?: number; readonly page?: number },
  ): Promise<Page<{ readonly ticket: TicketSummary; readonly comments: readonly Comment[] }>>;
  /** Newest first; a body may be HTML where somebody wrote rich text. */
  comments(
    caller: Caller,
    id: TicketId,
    options: { readonly perPage: number; readonly page?: number },
  ): Promise<Page<Comment>>;
  /** Everybody's timers: Syncro does not filter them by ticket, the ticket's own page has its own. */
  timers(caller: Caller, options: { readonly page?: number }): Promise<Page<TimerEntry>>;
  /** Without a query everybody, page by page. */
  customers(
    caller: Caller,
    options: { readonly query?: string; readonly page?: number },
  ): Promise<Page<CustomerSummary>>;
  autocompleteCustomers(caller: Caller, query: string): Promise<readonly CustomerSummary[]>;
  customer(caller: Caller, id: number): Promise<Customer>;
  contacts(caller: Caller, options: { readonly customerId: number; readonly page?: number }): Promise<Page<Contact>>;
  products(caller: Caller, options: { readonly query?: string; readonly page?: number }): Promise<Page<Product>>;
  product(caller: Caller, id: number): Promise<Product>;
  invoices(
    caller: Caller,
    options: { readonly ticketId?: TicketId; readonly updatedSince?: number; readonly page?: number },
  ): Promise<Page<InvoiceSummary>>;
  invoice(caller: Caller, id: number): Promise<Invoice>;
  /** Everybody's, whatever their status. */
  contracts(caller: Caller, options: { readonly page?: number }): Promise<Page<Contract | OddContract>>;
  /** Everybody's where Syncro ignores whose are asked for. */
  schedules(caller: Caller, options: { readonly customerId: number; readonly page?: number }): Promise<Page<Schedule>>;
  users(caller: Caller): Promise<ReadonlyArray<{ readonly id: number; readonly name: string }>>;
  me(caller: Caller): Promise<Me>;
  ticketSettings(caller: Caller): Promise<TicketSettings>;
  settings(caller: Caller): Promise<AccountSettings>;
}

/** A write whose place at the limiter is taken and whose socket is open; nothing has been sent. */
export interface PreparedWrite {
  /** Sends once: no retry, no redirect. Never throws for what Syncro or the network does. */
  send(): Promise<WriteOutcome>;
  /** Gives the socket back unused. */
  abandon(): void;
}

/** The only door through which something changes in Syncro; runs/advance-run.ts alone holds it. */
export interface SyncroWrites {
  /** @throws AppError unreachable, key_refused, rate_limited: in each case provably nothing was sent. */
  prepare(caller: Caller, write: Write): Promise<PreparedWrite>;
}

/** The sliding-window log of requests, shared by every process that uses the same database. */
export interface RequestBudget {
  /**
   * Takes one request out of the last minute's budget if there is room.
   * @param leave how many must stay free for others (background work leaves room for people)
   * @returns 0 when granted, else the milliseconds after which to ask again
   */
  take(leave: number): number | Promise<number>;
  /** Nobody sends until then (a 429 was seen). Epoch milliseconds. */
  pauseUntil(at: number): void | Promise<void>;
}

/** A Syncro key. The secret is behind a function, so that no serializer finds it. */
export type ApiKey = { readonly reveal: () => string };

export interface KeySource {
  /** The technician's own key, or `null`. A key that can't be read is none; the log says why. */
  own(technician: Technician): Promise<ApiKey | null>;
  /** The shared key of the settings, or `null`. */
  shared(): Promise<ApiKey | null>;
}

/** What goes on between everybody here and Syncro. */
export interface Traffic {
  /** Requests of the last minute; infinite while Syncro wants none. */
  lastMinute(now: number): Promise<number>;
}

/** How the wait for a place in the budget ends. */
export const WAITED = ['granted', 'gave_up'] as const;

export type Waited = (typeof WAITED)[number];

/** Counts requests, in words of a fixed set. */
export interface SyncroMeter {
  syncroAnswered(method: string, endpoint: string, outcome: RequestOutcome, ms: number): void;
  /** A request got its place in the budget, or was sent away. */
  waited(lane: Lane, outcome: Waited, ms: number): void;
}

/** What this adapter needs of a logger; pino's has this shape. Paths are logged, never queries: those hold the key. */
export type Log = Pick<AnyLog, 'debug' | 'info' | 'warn'>;
