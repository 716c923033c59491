import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { isPostgresUrl, sqliteFile } from '../config/database-url.ts';
import { readStorage } from '../database/backup/storage.ts';
import { createPruner } from '../database/prune.ts';
import type { Secrets } from '../features/keys/vault/create-keys.ts';
import { createHook } from '../features/replies/hook.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { seeToRestore } from '../runs/see-to-restore.ts';
import { createAskedWatch } from '../runs/standing.ts';
import { createOwner, endOwner } from '../shared/owner.ts';
import { inRequest, randomIds } from '../shared/request-context.ts';
import type { Clock, Every } from '../shared/system.ts';
import { systemClock, systemEvery } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import { createSlackApp } from '../slack/app.ts';
import type { Task } from '../slack/feature.ts';
import { createHandlers } from '../slack/handlers.ts';
import { askSlack, createWebClients, identifyBot } from '../slack/web-clients.ts';
import { spendable } from '../syncro/memory-budget.ts';
import { COMMANDS, openFeatures } from './features.ts';
import { closePort, startHttpServer } from './http-server.ts';
import { buildLayers, type DangerousPorts } from './layers.ts';
import { readinessChecks } from './readiness.ts';
import { openStore } from './store.ts';
import { VERSION } from './version.ts';

export type RunningApp = {
  readonly port: number;
  /** Takes nothing new, finishes what is in flight, leaves within 10 seconds. */
  stop(): Promise<void>;
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
 * Builds the app, looks at everything that can be wrong with a set-up, and returns when Slack's requests are taken and
 * what works by itself has begun.
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
  const isShared = isPostgresUrl(env.DATABASE_URL);
  const owner = createOwner(isShared);
  const build = {
    version: VERSION,
    node: process.versions.node,
    database: isShared ? 'postgres' : 'sqlite',
    mode: env.SLACK_APP_TOKEN ? 'socket' : 'http',
  };
  // By this name of the process its leases are known in the database.
  log.info({ ...build, instance: owner }, 'starting');
  const metrics = createMetrics({
    limit: spendable(settings.syncro.requests_per_minute),
    commands: COMMANDS.map(({ name }) => name),
    build,
    log,
  });
  const { meter } = metrics;
  const clients = createWebClients(env.SLACK_BOT_TOKEN, env.SLACK_API_URL, log, meter);
  const [bot, store] = await Promise.all([
    identifyBot(clients.background, local, log),
    openStore(config, { clock: local, every, log, patienceMs: DATABASE_PATIENCE_MS }),
  ]);
  const { clock } = store;
  const restoredAt = await seeToRestore({ restores: store.restores, clock, log });

  let accepting = true;
  const opened = { config, variables, secrets, store, clients, bot, restoredAt, every, log, meter, inRequest, owner };
  const layers = buildLayers({ ...opened, wrap });
  const { syncro, everybody, lists, runner, kit } = layers;
  const { surfaces, tasks, readsAhead } = openFeatures(layers);
  const pruner = createPruner({ prunings: store.prunings, clock, every, log });
  const asked = createAskedWatch({ ...layers.starting, every, log });
  const background: readonly Task[] = [asked, runner, pruner, ...tasks];

  const startWork = async (): Promise<void> => {
    const { keys } = layers.keys;
    // Known before Syncro echoes one: no answer may show anybody's.
    void Promise.allSettled([...everybody.map((technician) => keys.own(technician)), keys.shared()]);
    for (const task of background) await task.start();
    if (!warm) return;
    // Nobody is told an amount yet: the account's currency comes with its settings.
    layers
      .backgroundCaller()
      .then(lists.settings)
      .catch((error: unknown) => log.info({ err: error }, 'the settings of the account could not be read yet'));
    for (const task of readsAhead) await task.start();
  };

  const slackApp = await createSlackApp(
    {
      botToken: env.SLACK_BOT_TOKEN,
      bot,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      slackApiUrl: env.SLACK_API_URL,
      deliveries: store.deliveries,
      ids: randomIds,
      parse: surfaces.parse,
      ...{ clock, log, meter, inRequest },
    },
    createHandlers(kit, surfaces),
  );
  const hook =
    env.SYNCRO_HOOK_SECRET === undefined
      ? null
      : createHook({
          secret: env.SYNCRO_HOOK_SECRET,
          keep: (subject) => layers.ports.notified.note(subject, clock.now()),
          waiting: () => store.notified.waiting(),
          log,
        });
  const file = sqliteFile(env.DATABASE_URL);
  metrics.watch({
    clock,
    standings: store.standings,
    now: () => {
      const { downSince } = syncro.health();
      const syncroDownMs = downSince === null ? 0 : clock.now() - downSince;
      const slackSilentMs = clock.now() - slackApp.heardAt();
      return { accepting, queued: syncro.queued(), syncroDownMs, slackSilentMs, sockets: slackApp.sockets() };
    },
    storage: file === null ? null : () => readStorage(file),
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
    hook,
    metrics,
    accepting: () => accepting,
  });

  await startWork();

  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      accepting = false;
      const { closed } = await closePort(server);
      const arrived = within(arrivingMs, closed, () => undefined);
      const answered = arrived.then(() => slackApp.stop(GRACE_MS));
      const stopped = Promise.all([answered, ...[...readsAhead, ...background].map((task) => task.stop())]);
      await within(GRACE_MS, stopped, () => undefined);
      server.closeAllConnections();
      await closed;
      // Sends away who waits for Syncro, and gives back what was held.
      syncro.close();
      endOwner(owner);
      await store.close();
    },
  };
};
