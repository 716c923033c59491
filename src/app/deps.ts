import type { WebClient } from '@slack/web-api';
import type { Billing } from '../features/bill/prepare.ts';
import type { Closing } from '../features/close/close.ts';
import type { Commenting } from '../features/comment/prepare.ts';
import type { Creating } from '../features/create/prepare.ts';
import type { CustomerCard, CustomerSearch, FoundCustomers } from '../features/customers/search-customers.ts';
import type { SuggestedCustomers } from '../features/customers/suggest-customers.ts';
import type { DigestDesk } from '../features/digests/digest-desk.ts';
import type { Homes } from '../features/home/home.ts';
import type { KeyUses } from '../features/keys/key-uses.ts';
import type { FoundTickets, TicketSearch } from '../features/search/search-tickets.ts';
import type { SuggestTickets } from '../features/search/suggest-tickets.ts';
import type { WrittenLog } from '../features/session-logs/write.ts';
import type { LinkedTicket } from '../features/tickets/linked-tickets.ts';
import type { OpenList, OpenQuery } from '../features/tickets/list-open.ts';
import type { NamedTickets } from '../features/tickets/named-tickets.ts';
import type { TicketsSummary } from '../features/tickets/summarize-tickets.ts';
import type { TicketCard } from '../features/tickets/view-ticket.ts';
import type { UninvoicedWatch } from '../features/tickets/watch-uninvoiced.ts';
import type { TimeLogging } from '../features/time/prepare.ts';
import type { TimersOfPeople } from '../features/time/timers.ts';
import type { UpdateForm } from '../features/update/update-form.ts';
import type { Updating } from '../features/update/update-status.ts';
import type { Meter } from '../metrics/meter.ts';
import type { KnownTicket } from '../runs/forms-port.ts';
import type { OpenedForms } from '../runs/opened-forms.ts';
import type { AuditRow } from '../runs/ports.ts';
import type { Decision, Run } from '../runs/rules/run.ts';
import type { LaborType } from '../shared/labor.ts';
import type { Clock, Ids, Log } from '../shared/system.ts';
import type { Technician } from '../shared/technician.ts';
import type { Channels } from '../slack/channels.ts';
import type { Links } from '../slack/links.ts';
import type { Members } from '../slack/members.ts';
import type { People } from '../slack/people.ts';
import type { TicketId, TicketNumber } from '../syncro/ticket.ts';
import type { TicketRef } from '../syncro/ticket-ref.ts';

/** The use cases, with their own dependencies already in place. */
export type UseCases = {
  readonly viewTicket: (technician: Technician, ref: TicketRef) => Promise<TicketCard>;
  readonly summarize: (technician: Technician) => Promise<TicketsSummary>;
  readonly listOpen: (technician: Technician, query: OpenQuery) => Promise<OpenList>;
  readonly uninvoiced: UninvoicedWatch;
  readonly searchTickets: (technician: Technician, search: TicketSearch) => Promise<FoundTickets>;
  readonly searchCustomers: (technician: Technician, search: CustomerSearch) => Promise<FoundCustomers>;
  readonly viewCustomer: (technician: Technician, id: number) => Promise<CustomerCard>;
  readonly opened: OpenedForms;
  /** What is remembered of a ticket without asking Syncro. */
  readonly remembered: (number: TicketNumber) => Promise<KnownTicket | null>;
  readonly billing: Billing;
  readonly commenting: Commenting;
  readonly updating: Updating;
  readonly updateForm: UpdateForm;
  readonly closing: Closing;
  readonly digests: DigestDesk;
  readonly creating: Creating;
  /** While somebody types; never later than Slack waits. */
  readonly suggestCustomers: (technician: Technician, query: string) => Promise<SuggestedCustomers>;
  readonly timers: TimersOfPeople;
  readonly timeLogging: TimeLogging;
  readonly keys: KeyUses;
  readonly confirmForm: (technician: Technician, formId: string) => Promise<Run>;
  readonly decideRun: (technician: Technician, id: string, decision: Decision) => Promise<Run>;
  /** Newest first. */
  readonly auditOf: (number: TicketNumber, limit: number) => Promise<readonly AuditRow[]>;
  readonly getRun: (id: string) => Promise<Run | null>;
  readonly writeSessionLog: (technician: Technician, number: TicketNumber) => Promise<WrittenLog>;
  /** The tickets that a text names, as they are in Syncro. */
  readonly namedTickets: (technician: Technician, refs: readonly TicketRef[]) => Promise<NamedTickets>;
  /** Behind the address of a ticket's page. @throws AppError */
  readonly numberOfPage: (technician: Technician, id: TicketId) => Promise<TicketNumber>;
  /** What the links in a channel lead to, as far as it is to be shown there now. */
  readonly linkedTickets: (
    technician: Technician,
    channel: string,
    ids: readonly TicketId[],
  ) => Promise<readonly LinkedTicket[]>;
  readonly suggestTickets: SuggestTickets;
  /** Waits a moment for a run's outcome. */
  readonly watchRun: (run: Run, forMs: number) => Promise<Run>;
  /** Waits a moment until a run has moved on from here. */
  readonly followRun: (before: Run, forMs: number) => Promise<void>;
  readonly homes: Homes;
};

export type SlackDeps = {
  readonly use: UseCases;
  /** For people who wait: short time-out, no queueing behind a rate limit. */
  readonly client: WebClient;
  readonly people: People;
  readonly technicians: ReadonlyMap<string, Technician>;
  /** Who is a full member of the workspace. */
  readonly members: Members;
  /** Who reads along in a channel. */
  readonly channels: Channels;
  /** The workspace that the bot token belongs to. */
  readonly teamId: string | null;
  /** The app that the token belongs to, where Slack says it. */
  readonly appId: string | null;
  readonly labor: readonly LaborType[];
  readonly links: Links;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly meter: Meter;
  readonly downSince: () => number | null;
  /** Requests wait because Syncro's limit is used up. */
  readonly isFull: () => boolean;
};
