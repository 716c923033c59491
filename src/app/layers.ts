import type { Config } from '../config/config.ts';
import { createCustomerCache } from '../features/customers/customer-cache.ts';
import type { DigestPosts } from '../features/digests/ports.ts';
import { createBackgroundCaller } from '../features/keys/background-caller.ts';
import { createIdentity } from '../features/keys/identity.ts';
import { createKeyWatch } from '../features/keys/key-watch.ts';
import { createAnnouncer } from '../features/keys/slack/announcer.ts';
import type { Secrets } from '../features/keys/vault/create-keys.ts';
import { openKeys } from '../features/keys/vault/open-keys.ts';
import type { NotifiedRecords, ToldReplies } from '../features/replies/ports.ts';
import { recallingIndexed } from '../features/search/ask-index.ts';
import { createTicketCopy } from '../features/search/copied-tickets.ts';
import { rememberingListed } from '../features/tickets/find-ticket.ts';
import { createRecentCustomers } from '../features/tickets/recent-customers.ts';
import type { Meter } from '../metrics/meter.ts';
import { createOpenedForms } from '../runs/opened-forms.ts';
import type { Runs } from '../runs/ports.ts';
import { promisingLines } from '../runs/promise-lines.ts';
import { rememberingTickets } from '../runs/remember-tickets.ts';
import { createRunner } from '../runs/runner.ts';
import { createNotifier } from '../runs/slack/notifier.ts';
import { createStanding } from '../runs/standing.ts';
import { AppError } from '../shared/errors.ts';
import { setCurrency } from '../shared/money.ts';
import { createIsGone } from '../shared/owner.ts';
import { randomIds } from '../shared/request-context.ts';
import type { Every, InRequest, Log } from '../shared/system.ts';
import { createChannels } from '../slack/channels.ts';
import type { SlackKit } from '../slack/kit.ts';
import { createLinks } from '../slack/links.ts';
import { createMembers } from '../slack/members.ts';
import { createPeople } from '../slack/people.ts';
import type { BotIdentity, WebClients } from '../slack/web-clients.ts';
import { createAccountLists } from '../syncro/account-lists.ts';
import { createSyncro } from '../syncro/create-syncro.ts';
import { createCustomerTerms } from '../syncro/customer-terms.ts';
import type { SyncroWrites } from '../syncro/ports.ts';
import type { Store } from './store.ts';

/** What the crash tests put their kill -9 around. */
export type DangerousPorts = {
  readonly runs: Runs;
  readonly writes: SyncroWrites;
  readonly digestPosts: DigestPosts;
  readonly notified: NotifiedRecords;
  readonly toldReplies: ToldReplies;
};

/** Before a write Slack is asked anew who somebody is, once for the steps of a bill that follow each other. */
const ASKED_ANEW_MS = 5_000;
/** A write can wait for that, as no press can. */
const ASKING_MS = 10_000;

/** What is there before anything else is built. */
export type Opened = {
  readonly config: Config;
  readonly variables: NodeJS.ProcessEnv;
  readonly secrets: Secrets;
  readonly store: Store;
  readonly clients: WebClients;
  readonly bot: BotIdentity;
  readonly restoredAt: number | null;
  readonly every: Every;
  readonly log: Log;
  readonly meter: Meter;
  readonly inRequest: InRequest;
  /** Names this process among all that use the database. */
  readonly owner: string;
  readonly wrap: (ports: DangerousPorts) => DangerousPorts;
};

/** Builds what the features stand on: Syncro, Slack, the database, the keys, and the runner that writes. */
export const buildLayers = (opened: Opened) => {
  const { config, variables, secrets, store, clients, bot, every, log, meter, inRequest, owner } = opened;
  const { settings, technicians } = config;
  const { clock, sealedKeys: rows } = store;
  const everybody = [...technicians.values()];
  const keyParts = openKeys({ settings, variables, rows, team: bot.teamId ?? '', clock, log, secrets });
  const { keys } = keyParts;
  const announcer = createAnnouncer(clients.background, log);
  const watch = createKeyWatch({ announcer, keys, troubles: store.keyTroubles, technicians: everybody, clock, log });
  const { auth, requests_per_minute: requestsPerMinute, timeout_seconds } = settings.syncro;
  const syncro = createSyncro({
    ...{ baseUrl: config.syncroBaseUrl, auth, timeoutMs: timeout_seconds * 1000 },
    ...{ budget: store.budget, requestsPerMinute, clock, log, meter, secrets: keyParts.seen },
    onKeyRefused: (key) => watch.refused(key),
    sharesTickets: settings.search.local_index,
  });
  const sharedWrites = settings.shared_key?.writes ?? false;
  const identity = createIdentity({
    ...{ reads: syncro.reads, keys, clock, sharedWrites, watch, troubles: store.keyTroubles },
  });
  const { runs, digestPosts, notified, toldReplies, forms } = store;
  const ports = opened.wrap({ writes: syncro.writes, runs, digestPosts, notified, toldReplies });
  const index = settings.search.local_index ? store.index : null;
  const memory = index ? recallingIndexed(store.memory, index) : store.memory;
  // Until the account's own is read; another app of this process, as in tests, may have had another account.
  setCurrency('$');
  const lists = createAccountLists(syncro.reads, clock, {
    technicians: everybody,
    timeZone: settings.syncro.timezone ?? null,
    onCurrency: setCurrency,
  });
  const links = createLinks(config.webUrl);
  const members = createMembers(clients.interactive, { clock, teamId: bot.teamId, log, lastTimes: store.lastTimes });
  const kit: SlackKit = {
    client: clients.interactive,
    people: createPeople(clients.interactive, clock, log),
    channels: createChannels(clients.interactive, { clock, log }),
    ...{ technicians, members, teamId: bot.teamId, appId: bot.appId, labor: config.labor, links },
    ...{ clock, ids: randomIds, log, meter },
    downSince: () => syncro.health().downSince,
    isFull: syncro.isFull,
    mayWork: () => {
      const newer = store.schema.newer();
      if (newer !== null) throw new AppError('no_database', newer, { why: 'newer' });
    },
  };

  const standing = createStanding(technicians, (slackUser) => members.check(slackUser, ASKED_ANEW_MS));
  const askedIn = async (formId: string) => (await forms.get(formId))?.askedIn ?? null;
  const runner = createRunner({
    ...{ reads: syncro.reads, identity, writes: ports.writes, runs: ports.runs, audit: store.audit },
    notifier: promisingLines(
      rememberingTickets(createNotifier({ clients, links, askedIn, clock, log }), memory, (customer) =>
        store.customers.put([customer], clock.now()),
      ),
      store.promises,
    ),
    ...{ clock, every, log, owner, meter, inRequest },
    settings: {
      settleMs: settings.syncro.settle_seconds * 1000,
      resendEmailComment: settings.billing.resend_email_comment,
    },
    isGone: createIsGone(owner),
    standing: createStanding(technicians, (slackUser) => members.check(slackUser, ASKED_ANEW_MS, ASKING_MS)),
    barred: (run) => watch.barred(run),
  });

  const reads = rememberingListed(syncro.reads, memory);
  return {
    ...opened,
    ...{ settings, clock, ids: randomIds, technicians, everybody, ports, kit, links, lists, syncro, identity },
    /** Syncro, where what is listed is remembered. */
    reads,
    memory,
    index,
    /** What lists, cards and Homes show until Syncro has answered. */
    copy: createTicketCopy({ index, clock, downSince: kit.downSince, doneStatuses: settings.tickets.done_statuses }),
    customers: createRecentCustomers(reads, clock),
    /** Contracts and recurring invoices. */
    terms: createCustomerTerms(syncro.reads, clock),
    customerCache: createCustomerCache({ keys, reads: syncro.reads, memory: store.customers, clock, log }),
    doneStatuses: settings.tickets.done_statuses,
    invoiceStatus: settings.billing.invoice_status,
    rounding: {
      roundUpToMinutes: settings.billing.round_up_to_minutes,
      minimumMinutes: settings.billing.minimum_minutes,
    },
    keys: { ...keyParts, watch, announcer, sharedWrites },
    /** With whose key nobody in particular reads. */
    backgroundCaller: createBackgroundCaller(keys, everybody),
    runs,
    runner,
    opened: createOpenedForms({ forms, runs, timers: store.timers, clock, ids: randomIds }),
    /** What it takes to put a run into the journal. */
    starting: { forms, runs, timers: store.timers, standing, clock, ids: randomIds, nudge: () => runner.nudge() },
  };
};

export type Layers = ReturnType<typeof buildLayers>;
