import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { examine, type Finding } from './app/examine.ts';
import { createIdentity } from './app/identity.ts';
import { ConfigError, parseConfig } from './config.ts';
import { secretsOf } from './keys/environment.ts';
import { openKeys } from './keys/open-keys.ts';
import { createLog } from './log.ts';
import { openStore } from './open-store.ts';
import { examineSlack } from './slack/examine-slack.ts';
import { createWebClients } from './slack/web-clients.ts';
import { createSyncro } from './syncro/create-syncro.ts';
import { systemClock } from './system-time.ts';
import { technicianMap } from './technicians.ts';

// npm run doctor: looks at a real set-up and says in a table what works. Nothing is written to Slack or Syncro.

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: '✓', warning: '!', failed: '✗' };

const print = (findings: readonly Finding[]): void => {
  const width = (of: (finding: Finding) => string) => Math.max(0, ...findings.map((finding) => of(finding).length));
  const [area, what] = [width((f) => f.area), width((f) => f.what)];
  for (const f of findings)
    process.stdout.write(`${MARKS[f.state]} ${f.area.padEnd(area)}  ${f.what.padEnd(what)}  ${f.words}\n`);
  const failed = findings.filter(({ state }) => state === 'failed').length;
  const warned = findings.filter(({ state }) => state === 'warning').length;
  process.stdout.write(`\n${failed} failed, ${warned} to look at, ${findings.length - failed - warned} fine.\n`);
  process.exitCode = failed > 0 ? 1 : 0;
};

const settings = (what: string, words: string): Finding => ({ area: 'Settings', what, state: 'failed', words });

const configure = () => {
  const file = process.env.CONFIG_FILE || 'config.yml';
  if (!existsSync(file)) return [settings(file, 'is not there: copy config.example.yml, or name yours in CONFIG_FILE')];
  try {
    return parseConfig(readFileSync(file, 'utf8'), process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => settings('problem', problem));
    throw error;
  }
};

const run = async (): Promise<readonly Finding[]> => {
  const config = configure();
  if (Array.isArray(config)) return config;
  const { env, labor, syncroBaseUrl } = config;
  const secrets = secretsOf(config.settings, process.env);
  const log = createLog('silent', secrets);
  const clock = systemClock;
  const store = await openStore(config, clock).catch(() => null);
  const database = { area: 'Database', what: resolve(env.DATABASE_URL.replace(/^sqlite:/, '')) };
  if (!store) return [{ ...database, state: 'failed', words: "can't be opened: check the folder and its owner" }];
  const { background } = createWebClients(env.SLACK_BOT_TOKEN, env.SLACK_API_URL, log);
  const { syncro: account, tickets, billing, shared_key } = config.settings;
  const syncro = createSyncro({
    baseUrl: syncroBaseUrl,
    auth: account.auth,
    timeoutMs: account.timeout_seconds * 1000,
    budget: store.budget,
    requestsPerMinute: account.requests_per_minute,
    clock,
  });
  const slack = await examineSlack(background);
  const team = await background.auth.test().then(
    ({ team_id }) => team_id ?? '',
    () => '',
  );
  const { keys } = openKeys({
    settings: config.settings,
    variables: process.env,
    rows: store.sealedKeys,
    team,
    clock,
    log,
    secrets,
  });
  const sharedWrites = shared_key?.writes ?? false;
  const found = await examine({
    reads: syncro.reads,
    keys,
    identity: createIdentity({ reads: syncro.reads, keys, clock, sharedWrites }),
    technicians: [...technicianMap(config.settings).values()],
    labor,
    tickets: {
      closeAs: tickets.close_as,
      invoiceStatus: billing.invoice_status,
      doneStatuses: tickets.done_statuses,
      defaultPriority: tickets.default_priority,
    },
    sharedWrites,
  });
  syncro.close();
  await store.close();
  return [
    { area: 'Settings', what: 'all', state: 'ok', words: 'read' },
    { ...database, state: 'ok', words: 'opens' },
    ...slack,
    ...found,
  ];
};

print(await run());
