import { hostname } from 'node:os';
import { examine, type Finding, findingsOn } from '../app/examine.ts';
import { examineDatabase } from '../app/examine-database.ts';
import { examineSlack } from '../app/examine-slack.ts';
import { openStore } from '../app/store.ts';
import { VERSION } from '../app/version.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { NOTICEABLY_OFF_MS } from '../database/database-clock.ts';
import { createIdentity } from '../features/keys/identity.ts';
import { secretsOf } from '../features/keys/vault/environment.ts';
import { openKeys } from '../features/keys/vault/open-keys.ts';
import { createLog } from '../shared/log.ts';
import { systemClock, systemEvery } from '../shared/system.ts';
import { createSyncro } from '../syncro/create-syncro.ts';

// syncro-slack doctor: looks at a real set-up and says in a table what works. Nothing is written to Slack or Syncro.

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

const thisApp = findingsOn('App')('version', 'ok', `${VERSION}, by Node ${process.versions.node} on ${hostname()}`);

const ofSettings = findingsOn('Settings');

const configure = () => {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => ofSettings('problem', 'failed', problem));
    throw error;
  }
};

/** Nothing to say of a database without a clock of its own. */
const clockFindings = (aheadMs: number): readonly Finding[] => {
  if (Math.abs(aheadMs) < NOTICEABLY_OFF_MS) return [];
  const words = `${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's: sync it with NTP`;
  return [findingsOn('Database')("this machine's clock", 'warning', words)];
};

/** Somebody without a key in the settings can connect one only when it can be sealed. */
const sealing = ({ env, settings }: Config): readonly Finding[] => {
  const without = settings.technicians.filter(({ key }) => key === undefined).map(({ name }) => name);
  if (env.ENCRYPTION_KEY || without.length === 0) return [];
  const words = `is missing: ${without.join(', ')} can't connect a key in Slack. Make one: openssl rand -base64 32`;
  return [ofSettings('ENCRYPTION_KEY', 'warning', words)];
};

const run = async (): Promise<readonly Finding[]> => {
  const config = configure();
  if (Array.isArray(config)) return config;
  const { env, syncroBaseUrl } = config;
  const secrets = secretsOf(config.settings, config.variables);
  const log = createLog('silent', secrets);
  const database = await examineDatabase(env.DATABASE_URL, log);
  // Without one everything but the keys that were connected in Slack can be looked at all the same.
  const DATABASE_URL = database.usable ? env.DATABASE_URL : 'sqlite::memory:';
  const store = await openStore(
    { ...config, env: { ...env, DATABASE_URL } },
    { clock: systemClock, every: systemEvery, log },
  );
  const { clock } = store;
  const { syncro: account, shared_key } = config.settings;
  const syncro = createSyncro({
    baseUrl: syncroBaseUrl,
    auth: account.auth,
    timeoutMs: account.timeout_seconds * 1000,
    budget: store.budget,
    requestsPerMinute: account.requests_per_minute,
    clock,
  });
  const slack = await examineSlack({ config, clock, log });
  const { keys } = openKeys({
    ...{ settings: config.settings, variables: config.variables, rows: store.sealedKeys, team: slack.teamId },
    ...{ clock, log, secrets },
  });
  const sharedWrites = shared_key?.writes ?? false;
  const identity = createIdentity({ reads: syncro.reads, keys, clock, sharedWrites });
  const found = await examine({ config, reads: syncro.reads, keys, identity, unreadKeys: database.unread });
  syncro.close();
  await store.close();
  return [
    ofSettings(config.file, 'ok', 'read'),
    ...config.warnings.map((warning) => ofSettings('problem', 'warning', warning)),
    ...sealing(config),
    database.finding,
    ...clockFindings(store.aheadMs()),
    ...slack.findings,
    ...found,
  ];
};

print([thisApp, ...(await run())]);
