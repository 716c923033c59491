import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createAccountLists } from './app/account-lists.ts';
import { createCustomerCache } from './app/customer-cache.ts';
import { findUninvoiced } from './app/find-uninvoiced.ts';
import { createIdentity } from './app/identity.ts';
import { createKeyUses } from './app/key-uses.ts';
import { createKeyWatch } from './app/key-watch.ts';
import type { Caller, Clock, DigestPosts, Every, Hints, Runs, SyncroWrites, ToldReplies } from './app/ports.ts';
import { createPruner } from './app/prune.ts';
import { rememberingCreated } from './app/remember-created.ts';
import { createRunner, type Runner } from './app/runner.ts';
import { seeToRestore } from './app/see-to-restore.ts';
import type { Config } from './config.ts';
import { closePort, startHttpServer } from './http-server.ts';
import { randomIds } from './ids.ts';
import type { Secrets } from './keys/found.ts';
import { openKeys } from './keys/open-keys.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { openStore } from './open-store.ts';
import { createIsGone, createOwner, endOwner } from './owner.ts';
import { readinessChecks } from './readiness.ts';
import { inRequest, outsideRequest } from './request-context.ts';
import { createAnnouncer } from './slack/announcer.ts';
import { createSlackApp } from './slack/app.ts';
import { askSlack } from './slack/ask-slack.ts';
import { createChannels } from './slack/channels.ts';
import { createDigestBoard } from './slack/digest-board.ts';
import { createMembers } from './slack/members.ts';
import { createLinks } from './slack/messages/links.ts';
import { createNotifier } from './slack/notifier.ts';
import { createPeople } from './slack/people.ts';
import { createReplyBoard } from './slack/reply-board.ts';
import { createWebClients, identifyBot } from './slack/web-clients.ts';
import { createDigesting } from './start-digests.ts';
import { createIndexing } from './start-index.ts';
import { createNotifications } from './start-notifications.ts';
import { createSyncro } from './syncro/create-syncro.ts';
import { spendable } from './syncro/memory-budget.ts';
import { systemClock, systemEvery } from './system-time.ts';
import { technicianMap } from './technicians.ts';
import { createUseCases } from './use-cases.ts';

export type RunningApp = {
  readonly port: number;
  /** Takes nothing new, finishes what is in flight, leaves within 10 seconds. */
  stop(): Promise<void>;
};

/** What the crash tests put their kill -9 around. */
export type DangerousPorts = {
  readonly runs: Runs;
  readonly writes: SyncroWrites;
  readonly digestPosts: DigestPosts;
  readonly hints: Hints;
  readonly toldReplies: ToldReplies;
};

export type StartOptions = {
  /** The address to listen on; tests and the demo stay on loopback. */
  readonly host?: string;
  readonly wrap?: (ports: DangerousPorts) => DangerousPorts;
  /** Tests run at another time, and faster. */
  readonly clock?: Clock;
  readonly every?: Every;
  /** How long a stop waits for requests on connections that are open; a world whose people are gone has none. */
  readonly arrivingMs?: number;
  /** Read in the background what people will look for: main and the demo do, tests ask only when they need it. */
  readonly warm?: boolean;
};

/** Slack waits 3 seconds, Syncro's requests take longer: what is not done then goes on after the restart. */
const GRACE_MS = 8_000;
/** A database that is started together with the app may come a little later. */
const DATABASE_PATIENCE_MS = 30_000;
/** For requests on connections that were open when the stop came. */
const ARRIVING_MS = 300;

/**
 * Builds every adapter, starts the app and returns when Slack's requests are taken.
 * @throws Error when Slack refuses the token, the port is taken or the database can't be opened
 * @param secrets where every key goes that is read while running; the log blanks them out
 */
export const startApp = async (
  config: Config,
  variables: NodeJS.ProcessEnv,
  log: Logger,
  secrets: Secrets,
  { host, wrap = (ports) => ports, clock: local = systemClock, every = systemEvery, ...options }: StartOptions = {},
): Promise<RunningApp> => {
  const { env, settings } = config;
  const { arrivingMs = ARRIVING_MS, warm = false } = options;
  const metrics = createMetrics(spendable(settings.syncro.requests_per_minute), log);
  const { meter } = metrics;
  const clients = createWebClients(env.SLACK_BOT_TOKEN, env.SLACK_API_URL, log, meter);
  const [store, bot] = await Promise.all([
    openStore(config, { clock: local, every, log, patienceMs: DATABASE_PATIENCE_MS }),
    identifyBot(clients.background, local, log),
  ]);
  const { clock } = store;
  const restoredAt = await seeToRestore({ restores: store.restores, clock, log });
  const technicians = technicianMap(settings);
  const everybody = [...technicians.values()];
  const { sealedKeys: rows } = store;
  const { keys, connected } = openKeys({ settings, variables, rows, team: bot.teamId ?? '', clock, log, secrets });
  const announcer = createAnnouncer(clients.background, log);
  const watch = createKeyWatch({ announcer, keys, troubles: store.keyTroubles, technicians: everybody, clock, log });
  const { auth, requests_per_minute: requestsPerMinute, timeout_seconds } = settings.syncro;
  const syncro = createSyncro({
    ...{ baseUrl: config.syncroBaseUrl, auth, timeoutMs: timeout_seconds * 1000 },
    ...{ budget: store.budget, requestsPerMinute, clock, log, meter },
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
  const ports = wrap({ writes: syncro.writes, runs, digestPosts, hints, toldReplies });
  const lists = createAccountLists(syncro.reads, clock);
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
  const notifications = createNotifications({
    secret: env.SYNCRO_HOOK_SECRET,
    ...{ store, reads, lists, identity, keys, technicians: everybody, clock, every, log, owner },
    ...{ hints: ports.hints, told: ports.toldReplies },
    board: createReplyBoard({ clients, members, links, log }),
  });

  const mirror = createIndexing({ config, technicians: everybody, store, reads, keys, clock, every, log, owner });

  let runner: Runner | null = null;
  const use = createUseCases({
    ...{ config, store, syncro, identity, lists, cache, clock, log },
    keys: keyUses,
    digests: digesting.desk,
    // What it sets off is the work of many runs, not of whoever confirmed one.
    nudge: () => outsideRequest(() => runner?.nudge()),
  });
  runner = createRunner({
    reads: syncro.reads,
    identity,
    ...{ writes: ports.writes, runs: ports.runs },
    audit: store.audit,
    notifier: rememberingCreated(createNotifier(clients.background, links, log), store.memory),
    clock,
    every,
    log,
    settings: {
      settleMs: settings.syncro.settle_seconds * 1000,
      resendEmailComment: settings.billing.resend_email_comment,
    },
    owner,
    isGone: createIsGone(owner),
    ...{ meter, inRequest },
  });

  const slackApp = createSlackApp(
    {
      botToken: env.SLACK_BOT_TOKEN,
      bot,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      slackApiUrl: env.SLACK_API_URL,
      deliveries: store.deliveries,
      ...{ log, meter, inRequest },
    },
    {
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
    },
  );

  let accepting = true;
  metrics.watch({
    clock,
    standings: store.standings,
    now: () => {
      const { downSince } = syncro.health();
      const syncroDownMs = downSince === null ? 0 : clock.now() - downSince;
      return { accepting, queued: syncro.queued(), syncroDownMs, sockets: slackApp.sockets() };
    },
  });
  await slackApp.start();
  const server = await startHttpServer({
    port: env.PORT,
    host,
    slack: slackApp.listener,
    ready: readinessChecks({
      runs: store.runs,
      aheadMs: store.aheadMs,
      syncroHealth: syncro.health,
      askSlack: () => askSlack(clients.interactive),
      sockets: () => slackApp.sockets(),
    }),
    hook: notifications?.hook ?? null,
    metrics,
    accepting: () => accepting,
  });
  const pruner = createPruner({ prunings: store.prunings, clock, every, log });
  const background = [runner, pruner, digesting.poster, ...(notifications ? [notifications.reader] : [])];
  for (const each of background) each.start();
  if (warm) {
    cache.warm(everybody);
    await mirror.start();
  }

  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      accepting = false;
      const { closed } = await closePort(server);
      cache.stop();
      const arrived = Promise.race([closed, sleep(arrivingMs, undefined, { ref: false })]);
      const answered = arrived.then(() => slackApp.stop(GRACE_MS));
      const stopped = Promise.all([answered, mirror.stop(), ...background.map((each) => each.stop())]);
      await Promise.race([stopped, sleep(GRACE_MS, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
      syncro.close();
      await store.close();
      endOwner(owner);
    },
  };
};
