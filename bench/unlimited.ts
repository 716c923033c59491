import { readFileSync } from 'node:fs';
import { startApp } from '../src/app/create-app.ts';
import { parseConfig } from '../src/config/config.ts';
import { secretsOf } from '../src/features/keys/vault/environment.ts';
import { createLog } from '../src/shared/log.ts';

/** The app as src/bin/main.ts starts it, but for Syncro's limit, which would be what is measured. */
const config = parseConfig(readFileSync(process.env.CONFIG_FILE ?? '', 'utf8'), process.env);
const secrets = secretsOf(config.settings, process.env);
const log = createLog(config.env.LOG_LEVEL, secrets);
const syncro = { ...config.settings.syncro, requests_per_minute: 1_000_000 };
const unlimited = { ...config, settings: { ...config.settings, syncro } };
const app = await startApp(unlimited, process.env, log, secrets);
log.info({ port: app.port }, 'ready');
