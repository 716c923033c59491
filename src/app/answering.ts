import type { Config } from '../config/config.ts';
import { technicianMap } from '../config/technicians.ts';
import { createPruner } from '../database/prune.ts';
import { createCustomerCache } from '../features/customers/customer-cache.ts';
import type { DigestPosts } from '../features/digests/ports.ts';
import { createDigestBoard } from '../features/digests/slack/board.ts';
import { createBackgroundCaller } from '../features/keys/background-caller.ts';
import { createIdentity } from '../features/keys/identity.ts';
import { createKeyUses } from '../features/keys/key-uses.ts';
import { createKeyWatch } from '../features/keys/key-watch.ts';
import { createAnnouncer } from '../features/keys/slack/announcer.ts';
import type { Secrets } from '../features/keys/vault/found.ts';
import { openKeys } from '../features/keys/vault/open-keys.ts';
import type { Hints, ToldReplies } from '../features/replies/ports.ts';
import { createReplyBoard } from '../features/replies/slack/board.ts';
import { findUninvoiced } from '../features/tickets/find-uninvoiced.ts';
import type { Meter } from '../metrics/meter.ts';
import { createAskedWatch } from '../runs/bar-run.ts';
import type { Runs } from '../runs/ports.ts';
import { rememberingCreated } from '../runs/remember-created.ts';
import { createRunner, type Runner } from '../runs/runner.ts';
import { createNotifier } from '../runs/slack/notifier.ts';
import { createStanding } from '../runs/standing.ts';
import { randomIds } from '../shared/ids.ts';
import { createIsGone, createOwner, endOwner } from '../shared/owner.ts';
import { outsideRequest } from '../shared/request-context.ts';
import type { Every, InRequest, Log } from '../shared/system.ts';
import { createChannels } from '../slack/channels.ts';
import { createLinks } from '../slack/links.ts';
import { createMembers } from '../slack/members.ts';
import { createPeople } from '../slack/people.ts';
import type { BotIdentity, WebClients } from '../slack/web-clients.ts';
import { createAccountLists } from '../syncro/account-lists.ts';
import { createSyncro, type Syncro } from '../syncro/create-syncro.ts';
import type { Caller, SyncroWrites } from '../syncro/ports.ts';
import { createDigesting } from './digests.ts';
import { createHandlers, type Handlers } from './handlers.ts';
import { createHintReading } from './replies.ts';
import { createIndexing } from './search.ts';
import type { Store } from './store.ts';
import { createUseCases } from './use-cases.ts';

/** What the crash tests put their kill -9 around. */
export type DangerousPorts = {
  readonly runs: Runs;
  readonly writes: SyncroWrites;
  readonly digestPosts: DigestPosts;
  readonly hints: Hints;
  readonly toldReplies: ToldReplies;
};

/** Before a write Slack is asked anew who somebody is, once for the steps of a bill that follow each other. */
const ASKED_ANEW_MS = 5_000;
/** A write can wait for that, as no press can. */
const ASKING_MS = 10_000;

/** What is there before. */
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
  readonly wrap: (ports: DangerousPorts) => DangerousPorts;
  /** As in StartOptions. */
  readonly warm: boolean;
};

/** What answers people, and works by itself. */
export type Answering = Pick<Syncro, 'health' | 'queued'> & {
  readonly handlers: Handlers;
  readonly hints: Hints;
  /** Begins what works without being asked. */
  readonly start: () => Promise<void>;
  /** Begins nothing new by itself; resolves when what was under way has ended. */
  readonly stop: () => Promise<void>;
  /** Sends away who waits for Syncro, and gives back what was held. */
  readonly close: () => void;
};

/** Builds what answers people and what works by itself. */
export const createAnswering = (opened: Opened): Answering => {
  const { config, variables, secrets, store, clients, bot, restoredAt, every, log, meter, inRequest } = opened;
  const { settings } = config;
  const { clock, sealedKeys: rows } = store;
  const technicians = technicianMap(settings);
  const everybody = [...technicians.values()];
  const team = bot.teamId ?? '';
  const { keys, connected, seen } = openKeys({ settings, variables, rows, team, clock, log, secrets });
  const announcer = createAnnouncer(clients.background, log);
  const watch = createKeyWatch({ announcer, keys, troubles: store.keyTroubles, technicians: everybody, clock, log });
  const { auth, requests_per_minute: requestsPerMinute, timeout_seconds } = settings.syncro;
  const syncro = createSyncro({
    ...{ baseUrl: config.syncroBaseUrl, auth, timeoutMs: timeout_seconds * 1000 },
    ...{ budget: store.budget, requestsPerMinute, clock, log, meter, secrets: seen },
    onKeyRefused: (key) => watch.refused(key),
  });
  const { reads } = syncro;
  const sharedWrites = settings.shared_key?.writes ?? false;
  const identity = createIdentity({ reads, keys, clock, sharedWrites, watch, troubles: store.keyTroubles });
  const keyUses = createKeyUses({
    reads,
    keys,
    connected,
    identity,
    watch,
    announcer,
    technicians: everybody,
    sharedWrites,
    clock,
    log,
  });
  const links = createLinks(config.webUrl);

  const { runs, digestPosts, hints, toldReplies } = store;
  const ports = opened.wrap({ writes: syncro.writes, runs, digestPosts, hints, toldReplies });
  const lists = createAccountLists(syncro.reads, clock, {
    technicians: everybody,
    timeZone: settings.syncro.timezone ?? null,
  });
  const finding = { reads: syncro.reads, settled: store.settled, lists, clock };
  const doneStatuses = settings.tickets.done_statuses;
  const invoiceStatus = settings.billing.invoice_status;
  const uninvoiced = (caller: Caller) => findUninvoiced({ ...finding, doneStatuses, invoiceStatus }, caller);
  const cache = createCustomerCache({ keys, reads: syncro.reads, memory: store.customers, clock, log });
  const owner = createOwner(store.shared);
  const members = createMembers(clients.interactive, { clock, teamId: bot.teamId, log, marks: store.marks });
  const channels = createChannels(clients.interactive, { clock, log });
  const digesting = createDigesting({
    ...{ config, technicians, lists, uninvoiced, keys, identity, clock, every, log, owner, meter, restoredAt },
    reads: syncro.reads,
    stored: store.digests,
    posts: ports.digestPosts,
    board: createDigestBoard({ clients, channels, technicians: everybody, links, log }),
  });
  const hintReader = createHintReading({
    secret: config.env.SYNCRO_HOOK_SECRET,
    ...{ store, reads, lists, identity, keys, technicians: everybody, clock, every, log, owner },
    ...{ hints: ports.hints, told: ports.toldReplies },
    board: createReplyBoard({ clients, members, links, log }),
  });
  const mirror = createIndexing({ config, technicians: everybody, store, reads, keys, clock, every, log, owner });

  const askedIn = async (formId: string) => (await store.forms.get(formId))?.askedIn ?? null;

  const standing = createStanding(technicians, (slackUser) => members.check(slackUser, ASKED_ANEW_MS));
  let runner: Runner | null = null;
  // What it sets off is the work of many runs, not of whoever confirmed one.
  const nudge = () => outsideRequest(() => runner?.nudge());
  const use = createUseCases({
    ...{ config, store, syncro, identity, lists, cache, standing, clock, log },
    keys: keyUses,
    digests: digesting.desk,
    nudge,
  });
  runner = createRunner({
    reads: syncro.reads,
    identity,
    ...{ writes: ports.writes, runs: ports.runs },
    audit: store.audit,
    notifier: rememberingCreated(createNotifier({ clients, links, askedIn, clock, log }), store.memory),
    clock,
    every,
    log,
    settings: {
      settleMs: settings.syncro.settle_seconds * 1000,
      resendEmailComment: settings.billing.resend_email_comment,
    },
    owner,
    isGone: createIsGone(owner),
    standing: createStanding(technicians, (slackUser) => members.check(slackUser, ASKED_ANEW_MS, ASKING_MS)),
    barred: (run) => watch.barred(run),
    ...{ meter, inRequest },
  });
  const handlers = createHandlers({
    use,
    client: clients.interactive,
    members,
    channels,
    people: createPeople(clients.interactive, clock, log),
    technicians,
    teamId: bot.teamId,
    appId: bot.appId,
    labor: config.labor,
    links,
    clock,
    ids: randomIds,
    ...{ log, meter },
    downSince: () => syncro.health().downSince,
    isFull: syncro.isFull,
  });

  const pruner = createPruner({ prunings: store.prunings, clock, every, log });
  const asked = createAskedWatch({ runs, standing, nudge, every, log });
  const background = [asked, runner, pruner, digesting.poster, ...(hintReader ? [hintReader] : [])];
  return {
    handlers,
    hints: ports.hints,
    health: syncro.health,
    queued: syncro.queued,
    start: async () => {
      // Known before Syncro echoes one: no answer may show anybody's.
      void Promise.allSettled([...everybody.map((technician) => keys.own(technician)), keys.shared()]);
      for (const each of background) each.start();
      if (!opened.warm) return;
      // Nobody is told an amount yet: the account's currency comes with its settings.
      createBackgroundCaller(keys, everybody)()
        .then(lists.settings)
        .catch((error: unknown) => log.info({ err: error }, 'the settings of the account could not be read yet'));
      cache.warm(everybody);
      await mirror.start();
    },
    stop: async () => {
      cache.stop();
      await Promise.all([mirror.stop(), ...background.map((each) => each.stop())]);
    },
    close: () => {
      syncro.close();
      endOwner(owner);
    },
  };
};
