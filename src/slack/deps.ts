import type { WebClient } from '@slack/web-api';
import type { Closing } from '../app/close-ticket.ts';
import type { DigestDesk } from '../app/digest-desk.ts';
import type { KeyUses } from '../app/key-uses.ts';
import type { LinkedTicket } from '../app/linked-tickets.ts';
import type { OpenList, OpenQuery } from '../app/list-open.ts';
import type { NamedTickets } from '../app/named-tickets.ts';
import type { OpenedForms } from '../app/opened-forms.ts';
import type { KnownTicket } from '../app/ports/forms.ts';
import type { AuditRow } from '../app/ports/journal.ts';
import type { Clock, Ids, Log } from '../app/ports/system.ts';
import type { Meter } from '../app/ports/watching.ts';
import type { Billing } from '../app/prepare-bill.ts';
import type { Commenting } from '../app/prepare-comment.ts';
import type { Creating } from '../app/prepare-create.ts';
import type { TimeLogging } from '../app/prepare-time.ts';
import type { CustomerCard, CustomerSearch, FoundCustomers } from '../app/search-customers.ts';
import type { FoundTickets, TicketSearch } from '../app/search-tickets.ts';
import type { SuggestedCustomers } from '../app/suggest-customers.ts';
import type { SuggestTickets } from '../app/suggest-tickets.ts';
import type { TicketsSummary } from '../app/summarize-tickets.ts';
import type { TimersOfPeople } from '../app/timers.ts';
import type { UpdateForm } from '../app/update-form.ts';
import type { Updating } from '../app/update-status.ts';
import type { Homes } from '../app/view-home.ts';
import type { TicketCard } from '../app/view-ticket.ts';
import type { UninvoicedWatch } from '../app/watch-uninvoiced.ts';
import type { WrittenLog } from '../app/write-session-log.ts';
import type { LaborType } from '../domain/labor.ts';
import type { Decision, Run } from '../domain/run.ts';
import type { Technician } from '../domain/technician.ts';
import type { TicketId, TicketNumber } from '../domain/ticket.ts';
import type { TicketRef } from '../domain/ticket-ref.ts';
import type { Channels } from './channels.ts';
import type { Members } from './members.ts';
import type { Links } from './messages/links.ts';
import type { People } from './people.ts';

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
