import type { Followed, PromisedLine, PromisedLines } from '../../runs/ports.ts';
import type { BillRun } from '../../runs/rules/run.ts';
import type { FoundPost, Posting } from '../../shared/posting.ts';
import type { Technician } from '../../shared/technician.ts';
import type { PromisedCharges } from '../tickets/ports.ts';

/** How far somebody has been told of a line that was not invoiced. `since`: when that was begun. */
export type Told =
  | { readonly state: 'telling'; readonly since: number }
  /** `unknown`: perhaps told, and nobody can look; never told again. */
  | { readonly state: 'told' | 'refused' | 'unknown' };

/** A line that is due to be looked for, held by one copy of the app. */
export type DueLine = Omit<PromisedLine, 'lookAt'> & {
  /** Not `waiting`: it is known what became of it; perhaps its receipt does not say so yet, or a later invoice took it. */
  readonly state: 'waiting' | Followed['state'];
  /** How often it was looked for and found on no invoice. */
  readonly looks: number;
  /** By Slack id. */
  readonly told: Readonly<Record<string, Told>>;
};

/** A line that was seen on an invoice at that moment. */
export type InvoicedLine = { readonly runId: string; readonly lineId: number | null; readonly at: number };

/** Every method is one statement; what changes a line does nothing where somebody else holds it by now. */
export interface Promises extends PromisedLines, PromisedCharges {
  /** A customer's lines that are due, at most so many; they are this owner's until the lease ends. Empty: none is due. */
  claim(owner: string, now: number, leaseMs: number, limit: number): Promise<readonly DueLine[]>;
  renew(runIds: readonly string[], owner: string, until: number): Promise<void>;
  /** Who was told of it. False: the lease is lost, and nothing may be sent. */
  noteTold(runId: string, owner: string, now: number, told: DueLine['told']): Promise<boolean>;
  /** Looked for again then. */
  putBack(runId: string, owner: string, lookAt: number, looks: number): Promise<void>;
  /** It is known what became of it, and the receipt is yet to say so. */
  settle(runId: string, owner: string, state: Followed['state'], now: number): Promise<void>;
  /** A customer's lines that were seen on an invoice then or later, whoever holds them. */
  invoicedOf(customerId: number, since: number): Promise<readonly InvoicedLine[]>;
  /** Nothing is left to do. */
  close(runId: string, owner: string): Promise<void>;
}

/** A charge that people are to hear of, as its line stands. */
export type LateCharge = { readonly run: BillRun; readonly what: Exclude<Followed['state'], 'invoiced'> };

/** Where people hear of lines that were not invoiced. */
export interface LateBoard {
  /** Sends one message about all of them, once. Never throws for what Slack or the network does. */
  tell(to: Technician, late: readonly LateCharge[]): Promise<Posting>;
  /** A message about this line, if one was sent since then. @throws when Slack can't be asked now */
  find(to: Technician, runId: string, since: number): Promise<FoundPost>;
}
