import { hostname } from 'node:os';
import { type Config, loadConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { NOTICEABLY_OFF_MS } from '../database/database-clock.ts';
import { createIdentity } from '../features/keys/identity.ts';
import { secretsOf } from '../features/keys/vault/environment.ts';
import { openKeys } from '../features/keys/vault/open-keys.ts';
import { createLog } from '../shared/log.ts';
import { systemClock, systemEvery } from '../shared/system.ts';
import { createSyncro } from '../syncro/create-syncro.ts';
import { examine, type Finding, findingsOn } from './examine.ts';
import { examineDatabase } from './examine-database.ts';
import { examineSlack } from './examine-slack.ts';
import { openStore } from './store.ts';
import { VERSION } from './version.ts';

const ofSettings = findingsOn('Settings');

const configure = (environment: NodeJS.ProcessEnv) => {
  try {
    return loadConfig(environment);
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

const thisApp = findingsOn('App')('version', 'ok', `${VERSION}, by Node ${process.versions.node} on ${hostname()}`);

/**
 * Looks at a real set-up, from its settings to its keys. Nothing is written to Slack or Syncro.
 * @throws whatever is no fault of the set-up
 */
export const examineAll = async (environment: NodeJS.ProcessEnv): Promise<readonly Finding[]> => {
  const config = configure(environment);
  if (Array.isArray(config)) return [thisApp, ...config];
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
    thisApp,
    ofSettings(config.file, 'ok', 'read'),
    ...config.warnings.map((warning) => ofSettings('problem', 'warning', warning)),
    ...sealing(config),
    database.finding,
    ...clockFindings(store.aheadMs()),
    ...slack.findings,
    ...found,
  ];
};

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: '✓', warning: '!', failed: '✗' };

/** A row for each, and how many there are of each kind. */
export const tableOf = (findings: readonly Finding[]): string => {
  const width = (of: (finding: Finding) => string) => Math.max(0, ...findings.map((finding) => of(finding).length));
  const [areas, whats] = [width(({ area }) => area), width(({ what }) => what)];
  const rows = findings.map(
    ({ state, area, what, words }) => `${MARKS[state]} ${area.padEnd(areas)}  ${what.padEnd(whats)}  ${words}`,
  );
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  const counts = `${count('failed')} failed, ${count('warning')} to look at, ${count('ok')} fine.`;
  return [...rows, '', counts, ''].join('\n');
};
