import type { TicketId, TicketNumber } from '../../syncro/ticket.ts';

/** A technician's timer on a ticket. Times are epoch milliseconds. */
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
