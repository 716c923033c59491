import type { WebClient } from '@slack/web-api';
import type { KeyUses } from '../app/key-uses.ts';
import type { OpenedForms } from '../app/opened-forms.ts';
import type { Clock, Ids, KnownTicket, Log } from '../app/ports.ts';
import type { Billing } from '../app/prepare-bill.ts';
import type { Commenting } from '../app/prepare-comment.ts';
import type { CustomerCard, FoundCustomers } from '../app/search-customers.ts';
import type { FoundTickets, TicketSearch } from '../app/search-tickets.ts';
import type { TicketsSummary } from '../app/summarize-tickets.ts';
import type { TicketCard } from '../app/view-ticket.ts';
import type { TicketRef } from '../domain/command.ts';
import type { LaborType } from '../domain/labor.ts';
import type { Decision, Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import type { TicketNumber } from '../domain/ticket.ts';
import type { Links } from './messages/links.ts';

/** The use cases, with their own dependencies already in place. */
export type UseCases = {
  readonly viewTicket: (technician: Technician, ref: TicketRef) => Promise<TicketCard>;
  readonly summarize: (technician: Technician) => Promise<TicketsSummary>;
  readonly searchTickets: (technician: Technician, search: TicketSearch) => Promise<FoundTickets>;
  readonly searchCustomers: (
    technician: Technician,
    search: { words: string; page: number },
  ) => Promise<FoundCustomers>;
  readonly viewCustomer: (technician: Technician, id: number) => Promise<CustomerCard>;
  readonly opened: OpenedForms;
  /** What is remembered of a ticket without asking Syncro. */
  readonly remembered: (number: TicketNumber) => Promise<KnownTicket | null>;
  readonly billing: Billing;
  readonly commenting: Commenting;
  readonly keys: KeyUses;
  readonly confirmForm: (technician: Technician, formId: string) => Promise<Run>;
  readonly decideRun: (technician: Technician, id: string, decision: Decision) => Promise<Run>;
  readonly getRun: (id: string) => Promise<Run | null>;
  /** Waits a moment for a run's outcome. */
  readonly watchRun: (run: Run, forMs: number) => Promise<Run>;
};

export type SlackDeps = {
  readonly use: UseCases;
  /** For people who wait: short time-out, no queueing behind a rate limit. */
  readonly client: WebClient;
  readonly technicians: ReadonlyMap<string, Technician>;
  /** The workspace that the bot token belongs to. */
  readonly teamId: string | null;
  readonly labor: readonly LaborType[];
  readonly links: Links;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly downSince: () => number | null;
};
