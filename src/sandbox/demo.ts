import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { createTerminal } from './terminal.ts';
import { SAMPLE_TECHNICIANS, startWorld } from './world.ts';

/** `npm run demo`: the real app between the two stand-ins, driven from this terminal. */
const PORTS = { slack: 4010, syncro: 4020, app: 4030 };

const freePorts = process.argv.includes('--any-port') || process.env.DEMO_ANY_PORT === '1';
const world = await startWorld({
  ...(freePorts ? {} : { ports: PORTS }),
  syncro: { latencyMs: 120 },
  warm: true,
  // Its database goes with it, so nobody needs the key again.
  env: { ENCRYPTION_KEY: randomBytes(32).toString('base64') },
  logLevel: process.env.LOG_LEVEL ?? 'warn',
  onLog: (line) => process.stderr.write(line),
}).catch((error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code;
  const hint =
    code === 'EADDRINUSE' ? 'A port is taken, perhaps by another demo. Try: npm run demo -- --any-port' : String(error);
  process.stderr.write(`The demo could not start. ${hint}\n`);
  process.exit(1);
});

const out = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
out(`Syncro for Slack, with no account anywhere: everything runs on this machine.

  the app          http://127.0.0.1:${world.port()}/healthz
  Slack stand-in   ${world.slack.url}
  Syncro stand-in  ${world.syncro.url}

You are ${SAMPLE_TECHNICIANS[0].name}. Type what you would type in Slack, for example

  /syncro
  /syncro bill 32164

and then, as the screen shows fields and [buttons]:

  Minutes = 45
  Labor type = remote
  Comment = Reset the cloud thing.
  [Preview]
  [Bill it]

Also: "screen" shows it again, "requests" what went to Syncro and under whose name, "ticket 32164 in syncro" what is
there now, "as winter" changes the person, "fault" breaks things on purpose, "quit" ends.
`);

const terminal = createTerminal(world, out);
const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
lines.prompt();

let closed = false;
const quit = async (): Promise<void> => {
  closed = true;
  lines.close();
  terminal.close();
  await world.close();
  process.exit(0);
};

// One line at a time, also when a whole script is piped in.
let last = Promise.resolve();
let typed = false;
lines.on('line', (line) => {
  typed = true;
  last = last.then(async () => {
    if (/^(quit|exit)$/i.test(line.trim())) return quit();
    await terminal.take(line);
    if (!closed) lines.prompt();
  });
});
lines.on('close', () => {
  closed = true;
  // Started without a keyboard it goes on serving; at the end of a piped script it ends.
  last = last.then(() => (typed ? quit() : undefined));
});
process.on('SIGINT', () => void quit());
process.on('SIGTERM', () => void quit());
