import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createAccountLists } from './app/account-lists.ts';
import { createCustomerCache } from './app/customer-cache.ts';
import { findUninvoiced } from './app/find-uninvoiced.ts';
import { createIdentity } from './app/identity.ts';
import { createKeyUses } from './app/key-uses.ts';
import { createKeyWatch } from './app/key-watch.ts';
import type { ApiKey, Caller, Clock, DigestPosts, Every, Runs, SyncroWrites } from './app/ports.ts';
import { rememberingCreated } from './app/remember-created.ts';
import { createRunner, type Runner } from './app/runner.ts';
import type { Config } from './config.ts';
import { type Check, startHttpServer } from './http-server.ts';
import { randomIds } from './ids.ts';
import type { Secrets } from './keys/found.ts';
import { openKeys } from './keys/open-keys.ts';
import { openStore, type Store } from './open-store.ts';
import { createIsGone, createOwner } from './owner.ts';
import { readinessChecks } from './readiness.ts';
import { createAnnouncer } from './slack/announcer.ts';
import { createSlackApp } from './slack/app.ts';
import { createDigestBoard } from './slack/digest-board.ts';
import { createMembers } from './slack/members.ts';
import { createLinks } from './slack/messages/links.ts';
import { createNotifier } from './slack/notifier.ts';
import { createPeople } from './slack/people.ts';
import { createWebClients, identifyBot } from './slack/web-clients.ts';
import { createDigesting } from './start-digests.ts';
import { createSyncro } from './syncro/create-syncro.ts';
import { systemClock, systemEvery } from './system-time.ts';
import { technicianMap } from './technicians.ts';
import { createUseCases } from './use-cases.ts';

export type RunningApp = {
  readonly port: number;
  /** Takes nothing new, finishes what is in flight, leaves within 10 seconds. */
  stop(): Promise<void>;
};

/** What the crash tests put their kill -9 around. */
export type DangerousPorts = { readonly runs: Runs; readonly writes: SyncroWrites; readonly digestPosts: DigestPosts };

export type StartOptions = {
  /** The address to listen on; tests and the demo stay on loopback. */
  readonly host?: string;
  readonly wrap?: (ports: DangerousPorts) => DangerousPorts;
  /** Tests run at another time, and faster. */
  readonly clock?: Clock;
  readonly every?: Every;
  /** Read the customers now if they were not for half a day: main and the demo do, tests ask only when they need them. */
  readonly warm?: boolean;
};

/** Slack waits 3 seconds, Syncro's requests take longer: what is not done then goes on after the restart. */
const GRACE_MS = 8_000;

type Syncro = ReturnType<typeof createSyncro>;

const connectSyncro = (
  config: Config,
  store: Store,
  clock: Clock,
  log: Logger,
  onKeyRefused: (key: ApiKey) => void,
): Syncro => {
  const { auth, requests_per_minute, timeout_seconds } = config.settings.syncro;
  return createSyncro({
    baseUrl: config.syncroBaseUrl,
    auth,
    timeoutMs: timeout_seconds * 1000,
    budget: store.budget,
    requestsPerMinute: requests_per_minute,
    clock,
    log,
    onKeyRefused,
  });
};

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
  { host, wrap = (ports) => ports, clock = systemClock, every = systemEvery, warm = false }: StartOptions = {},
): Promise<RunningApp> => {
  const { env, settings } = config;
  const clients = createWebClients(env.SLACK_BOT_TOKEN, env.SLACK_API_URL, log);
  const [store, bot] = await Promise.all([openStore(config, clock), identifyBot(clients.background, clock, log)]);
  const technicians = technicianMap(settings);
  const everybody = [...technicians.values()];
  const { sealedKeys: rows } = store;
  const { keys, connected } = openKeys({ settings, variables, rows, team: bot.teamId ?? '', clock, log, secrets });
  const announcer = createAnnouncer(clients.background, log);
  const watch = createKeyWatch({ announcer, keys, technicians: everybody, clock, log });
  const syncro = connectSyncro(config, store, clock, log, (key) => watch.refused(key));
  const { reads } = syncro;
  const sharedWrites = settings.shared_key?.writes ?? false;
  const identity = createIdentity({ reads, keys, clock, sharedWrites, watch });
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

  const ports = wrap({ writes: syncro.writes, runs: store.runs, digestPosts: store.digestPosts });
  const lists = createAccountLists(syncro.reads, clock);
  const finding = { reads: syncro.reads, settled: store.settled, lists, clock };
  const doneStatuses = settings.tickets.done_statuses;
  const invoiceStatus = settings.billing.invoice_status;
  const uninvoiced = (caller: Caller) => findUninvoiced({ ...finding, doneStatuses, invoiceStatus }, caller);
  const cache = createCustomerCache({ keys, reads: syncro.reads, memory: store.customers, clock, log });
  const owner = createOwner();
  const digesting = createDigesting({
    ...{ config, technicians, lists, uninvoiced, keys, identity, clock, every, log, owner },
    reads: syncro.reads,
    stored: store.digests,
    posts: ports.digestPosts,
    board: createDigestBoard({ clients, technicians: everybody, links, log }),
  });

  let runner: Runner | null = null;
  const use = createUseCases({
    ...{ config, store, syncro, identity, lists, cache, clock, log },
    keys: keyUses,
    digests: digesting.desk,
    nudge: () => runner?.nudge(),
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
  });

  const slackApp = createSlackApp(
    {
      botToken: env.SLACK_BOT_TOKEN,
      bot,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      slackApiUrl: env.SLACK_API_URL,
      log,
    },
    {
      use,
      client: clients.interactive,
      members: createMembers(clients.interactive, { clock, teamId: bot.teamId, log }),
      people: createPeople(clients.interactive, clock, log),
      technicians,
      teamId: bot.teamId,
      appId: bot.appId,
      labor: config.labor,
      links,
      clock,
      ids: randomIds,
      log,
      downSince: () => syncro.health().downSince,
      isFull: syncro.isFull,
    },
  );

  let accepting = true;
  const slackReachable: Check = async () => {
    await clients.interactive.auth.test();
    return null;
  };
  await slackApp.start();
  const server = await startHttpServer({
    port: env.PORT,
    host,
    slack: slackApp.listener,
    ready: readinessChecks(store.runs, syncro.health, slackReachable),
    accepting: () => accepting,
  });
  runner.start();
  digesting.poster.start();
  if (warm) cache.warm([...technicians.values()]);

  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      accepting = false;
      cache.stop();
      const stopped = Promise.all([slackApp.stop(GRACE_MS), runner.stop(), digesting.poster.stop()]);
      await Promise.race([stopped, sleep(GRACE_MS, undefined, { ref: false })]);
      server.closeIdleConnections();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      syncro.close();
      await store.close();
    },
  };
};
