import type { KnownTicket, TicketId, TicketNumber } from '../syncro/ticket.ts';
import type { WriteOutcome } from '../syncro/write.ts';
import type { Seen } from './rules/basis.ts';
import type { DOING } from './rules/purpose.ts';
import type { Decision, Run, RunState } from './rules/run.ts';
import type { Action, Question } from './rules/step.ts';
import type { Work } from './rules/work.ts';

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
  | { readonly result: 'busy'; readonly run: Run }
  /** A run ended on the ticket that was not looked at, or the timer is not there any more. */
  | { readonly result: 'overtaken' };

/** What was looked at before a run is added: which runs ended on its ticket after that moment. */
export type LookedAt = { readonly since: number; readonly ended: readonly string[] };

/**
 * The journal. Every change is durable when its promise resolves. Where a newer version of the app has changed the schema
 * nothing is due and no lease counts any more; only what a send came to is still taken.
 */
export interface Runs {
  /** @param lookedAt the run is added only when no other than these ended on its ticket since, and its timer is there */
  add(run: Run, lookedAt?: LookedAt): Promise<AddedRun>;
  get(id: string): Promise<Run | null>;
  byForm(formId: string): Promise<Run | null>;
  /** The unfinished run of a ticket. */
  openOn(ticketId: number): Promise<Run | null>;
  /** The runs of a ticket that ended after that moment, done or stopped, newest end first. */
  endedOn(ticketId: number, after: number): Promise<readonly Run[]>;
  /** Everybody's runs that wait for an answer. */
  asking(): Promise<readonly Run[]>;
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
  /** A claim to show whose answer was lost, known by its end alone: gives back what it may have taken. */
  unclaimShows(until: number): Promise<void>;
  /**
   * The message shows this version now, or there is none to show (`null`). Whoever took longer than claimed makes it be
   * shown once more.
   */
  shown(unshown: Unshown, notice: Notice | null): Promise<void>;
  /**
   * There was nothing to say of it, and now there is: it is shown.
   * @param version only where this is still the newest
   */
  showAgain(id: string, version?: number): Promise<void>;
  /** It could not be shown; not again before then. */
  notShown(unshown: Unshown, until: number): Promise<void>;
  /** Everyone who holds a lease now. */
  holders(): Promise<readonly string[]>;
  /** Ends the leases of a holder that is known to be dead. */
  expire(owner: string): Promise<void>;
}

/** One row of the audit: who did what in Syncro, and how it ended. Times are epoch milliseconds. */
export type AuditRow = {
  /** Counts from 1 without gaps. */
  readonly seq: number;
  readonly at: number;
  readonly slackUser: string;
  readonly technician: string;
  readonly syncroUserId: number;
  readonly syncroUser: string;
  /** The kind of write, and behind a colon the run's note, if it has one. */
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

/** A line that was charged for a recurring invoice: it is looked for after the invoice's day. */
export type PromisedLine = {
  readonly runId: string;
  readonly customerId: number;
  readonly ticketId: TicketId;
  /** `null`: a person said that it is there. */
  readonly lineId: number | null;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** When it is looked for first. */
  readonly lookAt: number;
};

export interface PromisedLines {
  /** Adds what is not there yet. */
  add(line: PromisedLine): Promise<void>;
  /** `null`: it is still waited for. */
  followed(runId: string): Promise<Followed | null>;
}

/**
 * What became of a line that was charged for a recurring invoice, when that was looked at. `late`: it is on no invoice;
 * `unchecked`: for days nobody could look. Epoch milliseconds.
 */
export type Followed = { readonly state: 'invoiced' | 'late' | 'gone' | 'unchecked'; readonly at: number };

export type ToShow = Pick<Unshown, 'run' | 'version' | 'notice'> & {
  /** Its receipt says so; it is no news, and no reason for a new message. */
  readonly followed?: Followed;
  /** Somebody began to post it and nobody knows how that ended: it is looked for before it is posted. */
  readonly mayBeThere: boolean;
};

export type Shown =
  /** `null`: it has no message, because the person is told elsewhere or Slack will never take one. */
  | { readonly result: 'shown'; readonly notice: Notice | null }
  /** Nothing is said yet, unless it changes before. */
  | { readonly result: 'later'; readonly at: number };

export interface Notifier {
  /**
   * Posts or updates a run's message.
   * @throws when Slack does not take it now; it is shown again later
   */
  show(toShow: ToShow): Promise<Shown>;
}

/** How an unanswered write was cleared up. */
export const CLEARED = ['adopted', 'resent'] as const;

export type Cleared = (typeof CLEARED)[number];

/** Counts what becomes of runs, in words of a fixed set. */
export interface RunMeter {
  /** A step of a run was sent. */
  wrote(step: Action['kind'], outcome: WriteOutcome['outcome']): void;
  cleared(step: Action['kind'], how: Cleared): void;
  /** A run can't go on without a person. */
  asked(why: Question['kind']): void;
  runEnded(kind: keyof typeof DOING, state: RunState): void;
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
  /** Which form it is; absent: it leaves no draft. */
  readonly kind?: string;
  /** What it was opened with: what is still so when it is closed was not typed into it. */
  readonly began?: Draft;
  /** Of a draft: the form that it was typed into. */
  readonly leftBy?: string;
  /** Of a draft: the form that it was put into last. */
  readonly takenBy?: string;
  /** What stood over it of the ticket, where there is no preview of what is sent. */
  readonly seen?: Seen;
  /** False while it is being filled in: then what is read about the ticket may still be put over it. */
  readonly previewing: boolean;
  /** The preview that was asked for last: one that comes later than it is not shown any more. */
  readonly preview?: string | null;
  /** The last preview: what is confirmed is what was seen. `at`: when the reading of its facts began. */
  readonly previewed: {
    readonly work: Work;
    readonly at: number;
    readonly setAt?: number;
    readonly preview?: string | null;
  } | null;
  readonly createdAt: number;
  /** The channel in which it was asked for. */
  readonly askedIn?: string | null;
};

export interface Forms {
  put(form: Form): Promise<void>;
  get(id: string): Promise<Form | null>;
  /**
   * Changes nothing that was put meanwhile, perhaps by another copy of the app.
   * @param make from the form as it is; the same form: it stays so
   */
  change(id: string, make: (form: Form) => Form): Promise<void>;
}

export interface TicketMemory {
  recall(number: TicketNumber): Promise<KnownTicket | null>;
  remember(ticket: KnownTicket): Promise<void>;
  /** As many at once as a page holds. */
  rememberAll(tickets: readonly KnownTicket[]): Promise<void>;
  forget(number: TicketNumber): Promise<void>;
}
