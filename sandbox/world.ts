import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningApp, type StartOptions, startApp } from '../src/app/create-app.ts';
import { type Config, parseConfig } from '../src/config/config.ts';
import { secretsOf } from '../src/features/keys/vault/environment.ts';
import { createLog } from '../src/shared/log.ts';
import type { Clock } from '../src/shared/system.ts';
import { inTurn, startBalancer } from './balancer.ts';
import { type OutsideOptions, startOutside } from './outside.ts';
import type { SlackSandbox } from './slack/slack.ts';
import type { SyncroSandbox } from './syncro/start-syncro.ts';

export { SAMPLE_KEYS, SAMPLE_TECHNICIANS, sampleConfig } from './outside.ts';

export type WorldOptions = OutsideOptions & {
  /** Log lines go here; default: nowhere. */
  readonly onLog?: (line: string) => void;
  /** Read customers and tickets in the background, as main does. */
  readonly warm?: boolean;
  /** Another time for the app, and faster. */
  readonly time?: Pick<StartOptions, 'clock' | 'every'>;
  /** Several, each of which gets the next of Slack's requests; default: one, without anything before it. */
  readonly copies?: number;
};

/** The real app between the two fakes, on this machine only. */
export type World = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  readonly config: Config;
  readonly port: () => number;
  /** Stops the app as SIGTERM does; the fakes go on. */
  readonly stopApp: () => Promise<void>;
  readonly startApp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Whoever still waits for a turn or a time when the world ends keeps no process alive. */
const clock: Clock = { now: Date.now, sleep: (ms) => sleep(ms, undefined, { ref: false }) };

export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { slack, syncro, variables, configText, close } = await startOutside(options);
  const config = parseConfig(configText, variables);
  const secrets = secretsOf(config.settings, variables);
  const log = createLog(config.env.LOG_LEVEL, secrets, {
    write: (line: string) => options.onLog?.(line),
  });
  let apps: RunningApp[] = [];
  const balancer = options.copies ? await startBalancer(inTurn()) : null;

  const start = async (): Promise<void> => {
    const one = () =>
      startApp(config, variables, log, secrets, {
        warm: options.warm ?? false,
        arrivingMs: 0,
        clock,
        ...options.time,
      });
    apps = await Promise.all(Array.from({ length: options.copies ?? 1 }, one));
    const ports = apps.map(({ port }) => port);
    balancer?.use(ports);
    slack.deliverTo(options.socketMode ? undefined : (balancer?.url ?? `http://127.0.0.1:${ports[0]}/slack/events`));
    const { SYNCRO_HOOK_SECRET: secret } = config.env;
    syncro.notifyAt(secret === undefined ? null : `http://127.0.0.1:${ports[0]}/hooks/syncro/${secret}`);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(apps.splice(0).map((app) => app.stop()));
  };
  await start();
  return {
    slack,
    syncro,
    config,
    port: () => apps[0]?.port ?? 0,
    startApp: start,
    stopApp: stop,
    close: async () => {
      await stop();
      await balancer?.close();
      await close();
    },
  };
};
