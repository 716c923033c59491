import { type RunningApp, startApp } from '../../../src/app/create-app.ts';
import { type Config, parseConfig } from '../../../src/config/config.ts';
import { secretsOf } from '../../../src/features/keys/vault/environment.ts';
import { createLog } from '../../../src/shared/log.ts';
import type { Every } from '../../../src/shared/system.ts';
import { systemEvery } from '../../../src/shared/system.ts';
import { deadly } from './deadly.ts';

/** A stretch of many bills would else wait for Syncro's 180 a minute most of the time. */
const withBudget = (config: Config, perMinute: string | undefined): Config => {
  if (perMinute === undefined) return config;
  const syncro = { ...config.settings.syncro, requests_per_minute: Number(perMinute) };
  return { ...config, settings: { ...config.settings, syncro } };
};

/**
 * The app as src/bin/main.ts starts it, with a blow at the instant that the variables name, if any.
 * @param inside for an app inside of a test's own process: where its log goes
 */
export const startStruck = async (
  settings: string,
  variables: Readonly<Record<string, string | undefined>>,
  inside?: { readonly write: (line: string) => void },
): Promise<RunningApp> => {
  const { DIE_AT, STOP_AT, STRIKE_MARKER, LEASE_MS, TICK_MS, REQUESTS_PER_MINUTE } = variables;
  const config = withBudget(parseConfig(settings, variables), REQUESTS_PER_MINUTE);
  const secrets = secretsOf(config.settings, variables);
  const log = createLog(config.env.LOG_LEVEL, secrets, inside);
  const strike = {
    at: DIE_AT ?? STOP_AT,
    signal: DIE_AT === undefined ? 'SIGSTOP' : 'SIGKILL',
    marker: STRIKE_MARKER,
    leaseMs: LEASE_MS === undefined ? undefined : Number(LEASE_MS),
  } as const;
  /** What happens every half a minute happens this often in a test. */
  const tickMs = TICK_MS === undefined ? Number.POSITIVE_INFINITY : Number(TICK_MS);
  const every: Every = (ms, task) => systemEvery(Math.min(ms, tickMs), task);
  const app = await startApp(config, variables, log, secrets, {
    host: '127.0.0.1',
    wrap: deadly(strike),
    every,
    ...(inside ? { arrivingMs: 0 } : {}),
  });
  log.info({ port: app.port }, 'ready');
  return app;
};
