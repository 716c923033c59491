import { type RunningApp, startApp } from '../app/create-app.ts';
import { secretsOf } from '../features/keys/vault/environment.ts';
import { createLog } from '../shared/log.ts';
import { end, readConfig } from './command-line.ts';

const config = readConfig();
const secrets = secretsOf(config.settings, config.variables);
const log = createLog(config.env.LOG_LEVEL, secrets);
for (const warning of config.warnings) log.warn({}, warning);

// Nobody may read what is printed any more: that is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Slack's socket client rejects promises that nobody holds when a reconnect is refused: that must not end a bill.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
// Whatever is true after it is not known: the process ends, and the next one finds everything in the journal. Said through
// the log, because Node would print the error as it is, and no scrubber would see it.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught exception');
  process.exit(1);
});

const stopped = new AbortController();
let app: RunningApp | null = null;
const leave = (running: RunningApp, code: number): void => {
  running.stop().then(
    () => process.exit(code),
    (error: unknown) => {
      log.error({ err: error }, 'the app did not stop cleanly');
      process.exit(1);
    },
  );
};
const stop = (fields: object, code = 0): void => {
  if (stopped.signal.aborted) return;
  log.info(fields, 'stopping');
  stopped.abort();
  if (app) leave(app, code);
};
// Before anything is written. What a stop finds half done while the app starts, the next start begins anew.
process.on('SIGTERM', () => stop({ signal: 'SIGTERM' }));
process.on('SIGINT', () => stop({ signal: 'SIGINT' }));
// Node's own answer is to open its inspector, to which keys are plain text.
process.on('SIGUSR1', () => log.warn({}, 'SIGUSR1 does nothing here'));

const cannotStart = (error: unknown): never => {
  if (stopped.signal.aborted)
    return end(0, 'Stopped while starting. Nothing was sent; the next start picks up from here.');
  log.fatal({ err: error }, 'the app could not start');
  return end(1, `The app could not start: ${error instanceof Error ? error.message : 'see the log'}`);
};

app = await startApp(config, config.variables, log, secrets, { warm: true, signal: stopped.signal }).catch(cannotStart);
if (stopped.signal.aborted) leave(app, 0);
else log.info({ port: app.port, mode: config.env.SLACK_APP_TOKEN ? 'socket' : 'http' }, 'ready');
// Started again, it refuses until it is the newer version itself, or the schema is its own again.
void app.outdated.then(() => stop({}, 1));
