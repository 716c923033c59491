import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import type { Every } from '../../src/app/ports.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { secretsOf } from '../../src/keys/environment.ts';
import { createLog } from '../../src/log.ts';
import { startApp } from '../../src/start-app.ts';
import { deadly } from './deadly.ts';

// The app as src/main.ts starts it, with a blow at one instant. Run by the crash tests as a process of its own.

const { DIE_AT, STOP_AT, STRIKE_MARKER, LEASE_MS, TICK_MS, REQUESTS_PER_MINUTE, CONFIG_FILE = '' } = process.env;

/** A stretch of many bills would else wait for Syncro's 180 a minute most of the time. */
const withBudget = (config: Config): Config => {
  if (REQUESTS_PER_MINUTE === undefined) return config;
  const syncro = { ...config.settings.syncro, requests_per_minute: Number(REQUESTS_PER_MINUTE) };
  return { ...config, settings: { ...config.settings, syncro } };
};

const config = withBudget(parseConfig(readFileSync(CONFIG_FILE, 'utf8'), process.env));
const secrets = secretsOf(config.settings, process.env);
const log = createLog(config.env.LOG_LEVEL, secrets);
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

const strike = {
  at: DIE_AT ?? STOP_AT,
  signal: DIE_AT === undefined ? 'SIGSTOP' : 'SIGKILL',
  marker: STRIKE_MARKER,
  leaseMs: LEASE_MS === undefined ? undefined : Number(LEASE_MS),
} as const;
/** What happens every half a minute happens this often in a test. */
const tickMs = TICK_MS === undefined ? Number.POSITIVE_INFINITY : Number(TICK_MS);
const every: Every = (ms, task) => {
  const timer = setInterval(task, Math.min(ms, tickMs));
  return () => clearInterval(timer);
};
const app = await startApp(config, process.env, log, secrets, { host: '127.0.0.1', wrap: deadly(strike), every });
log.info({ port: app.port }, 'ready');
// A process that is killed can't leave what it compiled to the next one.
flushCompileCache();

process.on('SIGTERM', () => {
  app.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
// No process may stay behind a test that was itself killed.
process.stdin.resume().on('end', () => process.exit(3));
