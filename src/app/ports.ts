import type { Customer, CustomerSummary } from '../domain/customer.ts';
import type { Digest, DigestTold } from '../domain/digest.ts';
import type { DigestJob, DigestSchedule } from '../domain/digest-job.ts';
import type { Invoice, InvoiceSummary } from '../domain/invoice.ts';
import type { Product } from '../domain/labor.ts';
import type { Decision, Run } from '../domain/run.ts';
import type { SessionLogPlace } from '../domain/session-log-path.ts';
import type { Technician } from '../domain/technician.ts';
import type { Comment, Contact, Ticket, TicketId, TicketNumber, TicketSummary, TimerEntry } from '../domain/ticket.ts';
import type { Work } from '../domain/work.ts';
import type { Write, WriteOutcome } from '../domain/write.ts';

/** A Syncro key. The secret is behind a function, so that no serializer finds it. */
export type ApiKey = { readonly reveal: () => string };

/** Whose turn it is at the limiter: people first, then what people confirmed, background last. */
export type Lane = 'person' | 'run' | 'background';

/** On whose behalf a request goes out. */
export type Caller = { readonly key: ApiKey; readonly lane: Lane };

export type Page<T> = {
  readonly rows: readonly T[];
  readonly page: number;
  /** 1 when Syncro does not say. */
  readonly totalPages: number;
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

export type AccountSettings = {
  readonly priorities: readonly string[];
  readonly problemTypes: readonly string[];
  readonly timeZone: string | null;
  readonly currencySymbol: string | null;
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
    options: { readonly ticketId?: TicketId; readonly page?: number },
  ): Promise<Page<InvoiceSummary>>;
  invoice(caller: Caller, id: number): Promise<Invoice>;
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

/** The only door through which something changes in Syncro; app/advance-run.ts alone holds it. */
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

/** Where a technician's own key comes from. */
export type KeyOrigin = 'slack' | 'vault' | 'environment';

/** What can be said about a technician's own key without the key. */
export type KeyStatus = {
  /** `null`: there is none. */
  readonly origin: KeyOrigin | null;
  /** When it was connected in Slack. */
  readonly connectedAt: number | null;
  /** When Syncro last said that it is theirs. */
  readonly verifiedAt: number | null;
  /** Places where a key should be and that give none, each a sentence without a secret. */
  readonly problems: readonly string[];
};

export interface Keys {
  /** The technician's own key, or `null`. A key that can't be read is none; the log says why. */
  own(technician: Technician): Promise<ApiKey | null>;
  /** The shared key of the settings, or `null`. */
  shared(): Promise<ApiKey | null>;
  status(technician: Technician): Promise<KeyStatus>;
  /** Syncro just said that the technician's key is theirs. */
  verified(technician: Technician, at: number): Promise<void>;
}

/** Keys that technicians connect in Slack; they are stored encrypted. */
export interface ConnectedKeys {
  /** False: there is nothing to encrypt them with (ENCRYPTION_KEY), so none is stored. */
  readonly available: boolean;
  store(technician: Technician, key: ApiKey, at: number): Promise<void>;
  /** False: there was none. @param slackUser also of somebody who is no technician any more */
  remove(slackUser: string): Promise<boolean>;
}

/** A connected key as the database has it. */
export type SealedKey = {
  /** The technician's Slack id. */
  readonly technician: string;
  /** The workspace that they belong to. */
  readonly team: string;
  readonly sealed: string;
  /** Names the encryption key that it was sealed with. */
  readonly keyId: string;
  readonly syncroUserId: number;
  readonly connectedAt: number;
  readonly verifiedAt: number;
};

export interface SealedKeys {
  get(technician: string): Promise<SealedKey | null>;
  all(): Promise<readonly SealedKey[]>;
  put(row: SealedKey): Promise<void>;
  /** Puts the same key, sealed anew, in its place. False: it was connected anew or removed meanwhile. */
  reseal(before: SealedKey, sealed: string, keyId: string): Promise<boolean>;
  verified(technician: string, at: number): Promise<void>;
  /** False: there was none. */
  remove(technician: string): Promise<boolean>;
}

/** What happened to a key while nobody was looking. */
export type KeyEvent =
  | { readonly kind: 'refused' }
  | { readonly kind: 'shared_refused' }
  | { readonly kind: 'mismatch'; readonly technician: Technician; readonly message: string }
  | { readonly kind: 'disconnected'; readonly by: string };

/** Tells somebody in a direct message. */
export interface Announcer {
  tell(slackUser: string, event: KeyEvent): Promise<void>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Does something again and again until the returned function is called. */
export type Every = (ms: number, task: () => void) => () => void;

/** A run that this process may work on until the lease ends; the fence tells it from every earlier holder. */
export type Lease = { readonly runId: string; readonly owner: string; readonly fence: number };

export type Claimed = {
  readonly lease: Lease;
  readonly run: Run;
  /** Until when the last holder had it without giving it back; `null`: it was free. */
  readonly abandonedUntil: number | null;
  /** Who worked on it before; `null`: nobody yet. */
  readonly previousOwner: string | null;
};

/** Where a run's one message stands in Slack. */
export type Notice = { readonly channel: string; readonly ts: string };

/** A run to be shown, and the claim to show it. */
export type Unshown = {
  readonly run: Run;
  readonly version: number;
  readonly notice: Notice | null;
  readonly fence: number;
};

export type AddedRun =
  | { readonly result: 'added' }
  /** The same form was submitted before: that run goes on, nothing was added. */
  | { readonly result: 'exists'; readonly run: Run }
  /** Another run holds the ticket. */
  | { readonly result: 'busy'; readonly run: Run };

/** The journal. Every change is durable when its promise resolves. */
export interface Runs {
  add(run: Run): Promise<AddedRun>;
  get(id: string): Promise<Run | null>;
  byForm(formId: string): Promise<Run | null>;
  /** The unfinished run of a ticket. */
  openOn(ticketId: number): Promise<Run | null>;
  /** The runs of a ticket that ended after that moment, done or stopped, newest end first. */
  endedOn(ticketId: number, after: number): Promise<readonly Run[]>;
  /** A technician's (Slack id) runs that are not through, oldest first. */
  unfinishedOf(technician: string): Promise<readonly Run[]>;
  /** Those that ended then or later, done or stopped, oldest end first. */
  finishedOf(technician: string, since: number): Promise<readonly Run[]>;
  /** Every run that bills or logs the minutes of one of these clocks, oldest first. */
  ofTimers(timerIds: readonly string[]): Promise<readonly Run[]>;
  /** Takes the run that has waited longest for something to happen now; `null`: none is due. */
  claim(owner: string, now: number, leaseMs: number): Promise<Claimed | null>;
  /** The run as stored and the decision that waits for its holder; `null`: the lease is lost. */
  load(lease: Lease): Promise<{ readonly run: Run; readonly decision: Decision | null } | null>;
  /**
   * Stores the run and says which decision waits for its holder now; `null`: the lease is lost, nothing was stored.
   * @param options `decided`: this decision is used up; one that came meanwhile stays.
   */
  save(
    lease: Lease,
    run: Run,
    options?: { readonly decided: Decision },
  ): Promise<{ readonly decision: Decision | null } | null>;
  /** As save, but only while the lease is in force and nobody has decided anything: the last gate before a send. */
  saveIntent(lease: Lease, run: Run, now: number): Promise<boolean>;
  /** True while the lease is in force; read from the database, not remembered. */
  holds(lease: Lease, now: number): Promise<boolean>;
  renew(lease: Lease, until: number): Promise<void>;
  release(lease: Lease): Promise<void>;
  /** Leaves a person's word for the holder of the run. False: the run is finished. */
  decide(id: string, decision: Decision): Promise<boolean>;
  /**
   * Takes runs whose message shows less than is known, newest run first, for `forMs`: two processes never update one
   * message at the same time, or the older state might be the one that stays.
   */
  claimUnshown(now: number, forMs: number, limit: number): Promise<readonly Unshown[]>;
  /**
   * The message shows this version now, or there is none to show (`null`). Whoever took longer than claimed makes it be
   * shown once more.
   */
  shown(unshown: Unshown, notice: Notice | null): Promise<void>;
  /** It could not be shown; not again before then. */
  notShown(unshown: Unshown, until: number): Promise<void>;
  /** Everyone who holds a lease now. */
  holders(): Promise<readonly string[]>;
  /** Ends the leases of a holder that is known to be dead. */
  expire(owner: string): Promise<void>;
}

/** What was typed and chosen, by field. */
export type Draft = Readonly<Record<string, string>>;

/** An opened form: what was typed survives Back, an error and a restart. */
export type Form = {
  readonly id: string;
  readonly technician: string;
  /** `null`: the ticket is yet to be made. */
  readonly ticketNumber: TicketNumber | null;
  /** The clock whose minutes it was opened with. */
  readonly timerId?: string | null;
  readonly draft: Draft | null;
  /** False while it is being filled in: then what is read about the ticket may still be put over it. */
  readonly previewing: boolean;
  /** The last preview: what is confirmed is what was seen. `at`: when the reading of its facts began. */
  readonly previewed: { readonly work: Work; readonly at: number } | null;
  readonly createdAt: number;
};

export interface Forms {
  put(form: Form): Promise<void>;
  get(id: string): Promise<Form | null>;
}

/** What a number stands for; the id never changes, the rest is what it was when last read. */
export type KnownTicket = {
  readonly id: TicketId;
  readonly number: TicketNumber;
  readonly subject: string;
  readonly customerId: number;
  readonly customerName: string;
};

export interface TicketMemory {
  recall(number: TicketNumber): Promise<KnownTicket | null>;
  remember(ticket: KnownTicket): Promise<void>;
  forget(number: TicketNumber): Promise<void>;
}

/** One row of the audit: who had what done in Syncro, and how it ended. Times are epoch milliseconds. */
export type AuditRow = {
  /** Counts from 1 without gaps. */
  readonly seq: number;
  readonly at: number;
  readonly slackUser: string;
  readonly technician: string;
  readonly syncroUserId: number;
  readonly syncroUser: string;
  readonly what: string;
  readonly outcome: string;
  readonly ticketNumber: number | null;
  readonly recordId: number | null;
  readonly ref: string;
  /** Together with `n` it says which attempt of which run this is: written once, however often it is handed over. */
  readonly runId: string;
  readonly n: number;
  /** Hash of the row before this one. */
  readonly previous: string;
  readonly hash: string;
};

/** Append-only. */
export interface Audit {
  /** Adds what is not there yet of a run's entries. */
  append(run: Run): Promise<void>;
  /** Newest first. */
  ofTicket(number: TicketNumber, limit: number): Promise<readonly AuditRow[]>;
}

/** Everybody's customers as last read, for answers that can't wait for Syncro. */
export interface CustomerMemory {
  /**
   * Those that contain every word of the query: names that begin with it first, then names with a word that does, then
   * the rest; always in the same order.
   */
  search(query: string, limit: number): Promise<readonly CustomerSummary[]>;
  /** Those used last, then by name. */
  recent(limit: number): Promise<readonly CustomerSummary[]>;
  get(id: number): Promise<CustomerSummary | null>;
  /** Everybody who is called like one of these, them too if they are kept. */
  alike(customers: readonly CustomerSummary[]): Promise<readonly CustomerSummary[]>;
  /** Everybody whose name a text begins with or whose name begins with it, for domain/match-customer.ts. */
  namesakes(text: string): Promise<readonly CustomerSummary[]>;
  /** Adds, or renews what is there. */
  put(customers: readonly CustomerSummary[], seenAt: number): Promise<void>;
  used(id: number, at: number): Promise<void>;
  /** All were read at this time; who was not seen since `began` is none any more (`null`: nobody is forgotten). */
  refreshed(at: number, began: number | null): Promise<void>;
  /** When all were last read; `null`: never. */
  refreshedAt(): Promise<number | null>;
}

/** Resolved tickets that were found to have nothing left to invoice, and when they had last changed then. */
export interface SettledTickets {
  /** Those of these tickets that have not changed since. */
  among(
    tickets: ReadonlyArray<{ readonly id: TicketId; readonly updatedAt: number | null }>,
  ): Promise<ReadonlySet<number>>;
  add(ticket: { readonly id: TicketId; readonly updatedAt: number | null }): Promise<void>;
}

/** A technician's clock on a ticket. Times are epoch milliseconds. */
export type Timer = {
  readonly id: string;
  /** The technician's Slack id. */
  readonly technician: string;
  readonly ticketId: TicketId;
  readonly ticketNumber: TicketNumber;
  readonly subject: string;
  readonly customerName: string;
  readonly startedAt: number;
  /** `null`: it runs. */
  readonly stoppedAt: number | null;
};

export interface Timers {
  /** False: one of this technician's runs already; nothing was stored. */
  start(timer: Timer): Promise<boolean>;
  /** `null`: there is none, or it was discarded. */
  get(id: string): Promise<Timer | null>;
  /** Running and stopped ones that were neither discarded nor settled, oldest first. */
  of(technician: string): Promise<readonly Timer[]>;
  /** False: it was stopped before, or is none. */
  stop(id: string, at: number): Promise<boolean>;
  /** A finished run brought its minutes into Syncro: not listed any more. */
  settle(id: string, at: number): Promise<void>;
  /** Its minutes are nobody's; a running one stops. */
  discard(id: string, at: number): Promise<void>;
}

/** When a digest is due. Epoch milliseconds. */
export interface Slots {
  /** The last moment, up to and including `now`, at which it was due. */
  latest(schedule: DigestSchedule, now: number): number | null;
  /** The first moment after `now` at which it is due. */
  next(schedule: DigestSchedule, now: number): number | null;
}

/** A digest that was set up in Slack. */
export type StoredDigest = DigestJob & { readonly setUp: NonNullable<DigestJob['setUp']> };

/** Digests that were set up in Slack, one per channel. */
export interface Digests {
  all(): Promise<readonly StoredDigest[]>;
  /** In place of the channel's one, if there is one. */
  put(digest: StoredDigest): Promise<void>;
  /** False: the channel had none. */
  remove(channel: string): Promise<boolean>;
}

/** One digest at one moment at which it is due. */
export type DigestSlot = {
  /** See `jobKey`. */
  readonly job: string;
  readonly slot: number;
  readonly channel: string;
};

export type DigestOutcome =
  | { readonly state: 'posted'; readonly ts: string }
  /** Nobody could post it in time. */
  | { readonly state: 'skipped' }
  /** It could not be posted, and trying again would not help: Slack's or our own word for why. */
  | { readonly state: 'refused'; readonly reason: string }
  /** It was sent, perhaps in vain: the answer was lost and nobody can look. Never sent again. */
  | { readonly state: 'unknown'; readonly reason: string }
  /** There was nothing to catch up on: the digest is newer than that, or took the place of one that was posted. */
  | { readonly state: 'passed' };

export type DigestPost = DigestSlot & {
  /** `claimed`: nothing was sent. `posting`: it was perhaps sent. The others are final. */
  readonly state: DigestOutcome['state'] | 'claimed' | 'posting';
  readonly reason: string | null;
  readonly told: DigestTold | null;
};

/** A slot that this process may post until the lease ends. */
export type DigestClaim = DigestSlot & { readonly owner: string };

/** Who posts which digest, and how that ended. Every method is one statement. */
export interface DigestPosts {
  get(job: string, slot: number): Promise<DigestPost | null>;
  /** The posts of a digest before a slot, newest first. */
  before(job: string, slot: number, limit: number): Promise<readonly DigestPost[]>;
  /** When something was last posted into a channel, by whatever digest: its slot. */
  lastIn(channel: string): Promise<number | null>;
  /**
   * Takes a slot that nobody has taken or whose holder's lease has ended; `null`: it is held or settled. `begun`:
   * a holder before this one may have sent it.
   */
  claim(slot: DigestSlot, owner: string, now: number, leaseMs: number): Promise<{ readonly begun: boolean } | null>;
  renew(claim: DigestClaim, until: number): Promise<void>;
  /** Gives it back; nobody takes it before then. @param options `unsent`: what was intended certainly never left */
  putBack(claim: DigestClaim, until: number, options?: { readonly unsent: boolean }): Promise<void>;
  /** The last gate before it is sent, which also starts the lease anew. False: the lease is lost. */
  intend(claim: DigestClaim, told: DigestTold, now: number, leaseMs: number): Promise<boolean>;
  /** False: somebody else holds it by now. */
  settle(claim: DigestClaim, outcome: DigestOutcome): Promise<boolean>;
}

/** What is said of a digest besides what it tells. */
export type DigestRemarks = {
  /** Days whose digest was not posted, oldest first. */
  readonly missed: readonly string[];
  /** The time at which it was due, when that is a while ago. */
  readonly dueAt: string | null;
};

export type Posting =
  | { readonly result: 'posted'; readonly ts: string }
  /** Slack's own word for it; nothing was posted. */
  | { readonly result: 'refused'; readonly reason: string }
  /** It never left, or Slack takes nothing for the moment. */
  | { readonly result: 'not_sent' }
  /** Nobody knows. */
  | { readonly result: 'unclear' };

export type FoundPost =
  | { readonly result: 'found'; readonly ts: string }
  | { readonly result: 'absent' }
  /** The channel's messages may not be read. */
  | { readonly result: 'unreadable'; readonly reason: string };

/** Where digests are posted. */
export interface DigestBoard {
  /** Sends once. Never throws for what Slack or the network does. @param slot `null`: a person asked for it */
  post(channel: string, digest: Digest, remarks: DigestRemarks, slot: DigestSlot | null): Promise<Posting>;
  /** The message of a slot. @throws when Slack can't be asked now */
  find(slot: DigestSlot): Promise<FoundPost>;
  /** Why nothing can be posted into a channel; `null`: it can, as far as Slack says. */
  closed(channel: string): Promise<string | null>;
  /** Tells the admins that a digest can't be posted; what can't be told is logged. */
  tellAdmins(job: DigestJob, reason: string): Promise<void>;
}

/** `failed`: nothing was written; `why` is for the person. `path` reads as the settings name the folder. */
export type SavedLog =
  | { readonly result: 'written' | 'already_there'; readonly path: string }
  | { readonly result: 'failed'; readonly why: string };

/** Session logs as files, below the folder of the settings and nowhere else. */
export interface SessionLogs {
  /** Whole or not at all; in place of an older log of the same name. */
  save(place: SessionLogPlace, customerId: number, text: string): Promise<SavedLog>;
}

export interface Notifier {
  /**
   * Posts or updates a run's one message. `null`: it has none, because the person is told elsewhere.
   * @param mayBeThere somebody began to post it and nobody knows how that ended: it is looked for before it is posted
   * @throws when Slack does not take it; it is shown again later
   */
  show(run: Run, notice: Notice | null, mayBeThere: boolean): Promise<Notice | null>;
}

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Ids and references; passed in so that tests and simulations repeat. */
export interface Ids {
  /** Unguessable. */
  id(): string;
  /** Short enough to read out on the phone. */
  ref(): string;
}
