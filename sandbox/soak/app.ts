import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { startApp } from '../../src/app/create-app.ts';
import { parseConfig } from '../../src/config/config.ts';
import { secretsOf } from '../../src/features/keys/vault/environment.ts';
import { createLog } from '../../src/shared/log.ts';
import type { Measured } from './flat.ts';

// The app as main.ts starts it, as a process of its own, with two differences: the hour passes `SOAK_SPEED` times as
// fast, so that much more than Syncro's 180 a minute must be allowed; and it says how much memory it holds.

const speed = Number(process.env.SOAK_SPEED);
const file = parseConfig(readFileSync(process.env.CONFIG_FILE ?? '', 'utf8'), process.env);
const { syncro } = file.settings;
const requests_per_minute = Math.ceil(syncro.requests_per_minute * speed);
const config = { ...file, settings: { ...file.settings, syncro: { ...syncro, requests_per_minute } } };
const secrets = secretsOf(config.settings, process.env);
const log = createLog(config.env.LOG_LEVEL, secrets, process.stderr);
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));

const measure = async (): Promise<Measured> => {
  // Twice: what the first round lets go of may hold more.
  for (let i = 0; i < 2; i++) globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const files = await readdir('/proc/self/fd').catch(() => []);
  return { rss, heapUsed, handles: process.getActiveResourcesInfo().length, files: files.length };
};

const app = await startApp(config, process.env, log, secrets, { warm: true });
process.on('message', () => void measure().then((measured) => process.send?.({ measured })));
process.send?.({ port: app.port });

// Stops as on SIGTERM when the one who started it says so, or is gone.
process.on('disconnect', () => {
  app.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
