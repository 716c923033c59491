import type { Interval } from '../../shared/business-hours.ts';
import type { TicketId, TicketNumber } from '../../syncro/ticket.ts';

/** A technician's timer on a ticket. Times are epoch milliseconds. */
export type Timer = {
  /** Another one from each resume on: what was opened before does not bill what was measured since. */
  readonly id: string;
  /** The technician's Slack id. */
  readonly technician: string;
  readonly ticketId: TicketId;
  readonly ticketNumber: TicketNumber;
  readonly subject: string;
  readonly customerName: string;
  /** Or last resumed. */
  readonly startedAt: number;
  /** `null`: it runs. */
  readonly stoppedAt: number | null;
  /** Measured before it was last resumed. */
  readonly earlier: readonly Interval[];
};

export interface Timers {
  /** False: one of this technician's runs already; nothing was stored. */
  start(timer: Timer): Promise<boolean>;
  /** `null`: there is none, or it was discarded or resumed. */
  get(id: string): Promise<Timer | null>;
  /** Running and paused ones that were neither discarded nor settled, oldest first. */
  of(technician: string): Promise<readonly Timer[]>;
  /** False: it was stopped before, or is none. */
  stop(id: string, at: number): Promise<boolean>;
  /**
   * The paused one goes on as this one.
   * @returns false: it does not wait any more, another one runs, or a run has its minutes; nothing was changed
   */
  resume(id: string, timer: Timer): Promise<boolean>;
  /** A finished run brought its minutes into Syncro: not listed any more. */
  settle(id: string, at: number): Promise<void>;
  /** Its minutes are nobody's; a running one stops. */
  discard(id: string, at: number): Promise<void>;
}
