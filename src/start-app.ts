import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createAccountLists } from './app/account-lists.ts';
import { confirmForm } from './app/confirm-form.ts';
import { decideRun } from './app/decide-run.ts';
import { createIdentity } from './app/identity.ts';
import { createKeyUses, type KeyUses } from './app/key-uses.ts';
import { createKeyWatch } from './app/key-watch.ts';
import { createOpenedForms } from './app/opened-forms.ts';
import type { ApiKey, Clock, Every, Runs, SyncroWrites } from './app/ports.ts';
import { createBilling } from './app/prepare-bill.ts';
import { createCommenting } from './app/prepare-comment.ts';
import { createRunner, type Runner } from './app/runner.ts';
import { searchCustomers, viewCustomer } from './app/search-customers.ts';
import { searchTickets } from './app/search-tickets.ts';
import { summarizeTickets } from './app/summarize-tickets.ts';
import { viewTicket } from './app/view-ticket.ts';
import { watchRun } from './app/watch-run.ts';
import type { Config } from './config.ts';
import type { Technician } from './domain/technician.ts';
import { type Check, startHttpServer } from './http-server.ts';
import { randomIds } from './ids.ts';
import type { Secrets } from './keys/found.ts';
import { openKeys } from './keys/open-keys.ts';
import { createIsGone, createOwner } from './owner.ts';
import { createAnnouncer } from './slack/announcer.ts';
import { createSlackApp } from './slack/app.ts';
import type { UseCases } from './slack/deps.ts';
import { createLinks } from './slack/messages/links.ts';
import { createNotifier } from './slack/notifier.ts';
import { createWebClients, identifyBot } from './slack/web-clients.ts';
import { createBudget } from './store/budget.ts';
import { createSealedKeys } from './store/connected-keys.ts';
import { createForms } from './store/forms.ts';
import { createRuns } from './store/runs.ts';
import { openSqlite } from './store/sqlite.ts';
import { createTicketMemory } from './store/ticket-memory.ts';
import { createSyncro } from './syncro/create-syncro.ts';

export type RunningApp = {
  readonly port: number;
  /** Takes nothing new, finishes what is in flight, leaves within 10 seconds. */
  stop(): Promise<void>;
};

/** What the crash tests put their kill -9 around. */
export type DangerousPorts = { readonly runs: Runs; readonly writes: SyncroWrites };

export type StartOptions = {
  /** The address to listen on; tests and the demo stay on loopback. */
  readonly host?: string;
  readonly wrap?: (ports: DangerousPorts) => DangerousPorts;
};

const systemClock: Clock = { now: Date.now, sleep: (ms) => sleep(ms) };
const every: Every = (ms, task) => {
  const timer = setInterval(task, ms);
  return () => clearInterval(timer);
};
/** Slack waits 3 seconds, Syncro's requests take longer: what is not done then goes on after the restart. */
const GRACE_MS = 8_000;

const technicianMap = (config: Config): ReadonlyMap<string, Technician> =>
  new Map(
    config.settings.technicians.map(({ slack_user, name, syncro_user_id, role }) => [
      slack_user,
      { slackUser: slack_user, name, syncroUserId: syncro_user_id, role },
    ]),
  );

const openStore = async (config: Config, clock: Clock) => {
  const file = config.env.DATABASE_URL.replace(/^sqlite:/, '');
  const db = await openSqlite(file === ':memory:' ? file : resolve(file));
  return {
    db,
    runs: createRuns(db),
    forms: createForms(db),
    memory: createTicketMemory(db),
    sealedKeys: createSealedKeys(db),
    budget: createBudget(db, config.settings.syncro.requests_per_minute, clock),
  };
};

type Store = Awaited<ReturnType<typeof openStore>>;
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

/** Ties the use cases to their dependencies. */
const createUseCases = (
  config: Config,
  store: Store,
  syncro: Syncro,
  identity: ReturnType<typeof createIdentity>,
  keys: KeyUses,
  clock: Clock,
  nudge: () => void,
): UseCases => {
  const { tickets, billing } = config.settings;
  const { runs, forms, memory } = store;
  const reading = { identity, reads: syncro.reads, memory, doneStatuses: tickets.done_statuses };
  const opened = createOpenedForms({ forms, runs, clock, ids: randomIds });
  const lists = createAccountLists(syncro.reads, clock);
  const starting = { forms, runs, clock, ids: randomIds, nudge };
  return {
    viewTicket: (technician, ref) => viewTicket(reading, technician, ref),
    summarize: (technician) => summarizeTickets(reading, technician),
    searchTickets: (technician, search) => searchTickets(reading, technician, search),
    searchCustomers: (technician, search) => searchCustomers(reading, technician, search),
    viewCustomer: (technician, id) => viewCustomer(reading, technician, id),
    opened,
    keys,
    remembered: (number) => memory.recall(number),
    commenting: createCommenting({ ...reading, opened, clock }),
    billing: createBilling({
      ...reading,
      opened,
      runs,
      clock,
      lists,
      policy: {
        invoiceStatus: billing.invoice_status,
        roundUpToMinutes: billing.round_up_to_minutes,
        minimumMinutes: billing.minimum_minutes,
      },
    }),
    confirmForm: (technician, formId) => confirmForm(starting, technician, formId),
    decideRun: (technician, id, decision) => decideRun({ runs, nudge }, technician, id, decision),
    getRun: (id) => runs.get(id),
    watchRun: (run, forMs) => watchRun({ runs, clock }, run, forMs),
  };
};

const readinessChecks = (store: Store, syncro: Syncro, slackReachable: Check): Readonly<Record<string, Check>> => ({
  database: async () => {
    await store.runs.holders();
    return null;
  },
  slack: slackReachable,
  syncro: () => {
    const { downSince } = syncro.health();
    return Promise.resolve(downSince === null ? null : `no answer since ${new Date(downSince).toISOString()}`);
  },
});

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
  { host, wrap = (ports) => ports }: StartOptions = {},
): Promise<RunningApp> => {
  const { env, settings } = config;
  const clock = systemClock;
  const clients = createWebClients(env.SLACK_BOT_TOKEN, env.SLACK_API_URL, log);
  const store = await openStore(config, clock);
  const bot = await identifyBot(clients.background, clock, log);
  const technicians = technicianMap(config);
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

  let runner: Runner | null = null;
  const use = createUseCases(config, store, syncro, identity, keyUses, clock, () => runner?.nudge());
  const owner = createOwner();
  runner = createRunner({
    reads: syncro.reads,
    identity,
    ...wrap({ writes: syncro.writes, runs: store.runs }),
    notifier: createNotifier(clients.background, links, log),
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
      technicians,
      teamId: bot.teamId,
      labor: config.labor,
      links,
      clock,
      ids: randomIds,
      log,
      downSince: () => syncro.health().downSince,
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
    ready: readinessChecks(store, syncro, slackReachable),
    accepting: () => accepting,
  });
  runner.start();

  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      accepting = false;
      const stopped = Promise.all([slackApp.stop(GRACE_MS), runner.stop()]);
      await Promise.race([stopped, sleep(GRACE_MS, undefined, { ref: false })]);
      server.closeIdleConnections();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      syncro.close();
      await store.db.destroy();
    },
  };
};
