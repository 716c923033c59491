import { startDemo } from './page/start-demo.ts';

/** `npm run demo`: the real app between the two fakes, with a page to use it. */
const PORTS = { slack: 4010, syncro: 4020 };
/** In pino's numbers. What is ordered to go wrong is warned of, too, and the page shows it. */
const ERROR = 50;

const anyPort = process.argv.includes('--any-port') || process.env.DEMO_ANY_PORT === '1';
const socketMode = process.argv.includes('--socket');
const out = (text: string): void => void process.stdout.write(`${text}\n`);

/** What the app logs as an error or worse, as it is. */
const showTrouble = (line: string): void => {
  const level = Number(/"level":(\d+)/.exec(line)?.[1] ?? ERROR);
  if (level >= ERROR && line.trim() !== '') process.stderr.write(`${line}\n`);
};

const demo = await startDemo({
  ...(anyPort ? {} : { ports: PORTS }),
  socketMode,
  latencyMs: 120,
  onLog: showTrouble,
}).catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const hint =
    code === 'EADDRINUSE' ? 'A port is taken, perhaps by another demo. Try: npm run demo -- --any-port' : String(error);
  process.stderr.write(`The demo could not start. ${hint}\n`);
  process.exit(1);
});

out(`Syncro for Slack, with no account anywhere: everything runs on this machine.

  Open ${demo.url}

and type what you would type in Slack, for example

  /syncro bill 32164

Ctrl+C ends it.`);

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  void demo.close().then(() => process.exit(0));
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
demo.app.ready.catch((error: unknown) => {
  if (ending) return;
  process.stderr.write(`${String(error)}\n`);
  void demo.close().then(() => process.exit(1));
});
