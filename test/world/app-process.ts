import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appVariables } from '../../sandbox/app-variables.ts';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { type SyncroSandbox, startSyncro } from '../../sandbox/syncro/start-syncro.ts';
import { SAMPLE_KEYS, SAMPLE_TECHNICIANS } from '../../sandbox/world.ts';
import { bundled } from '../bundle/bundled.ts';
import { MEMORY, QUICK_START } from '../bundle/quick-start.ts';
import { takeIn, timeForChild } from '../time/time.ts';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type AppProcess = {
  readonly child: ChildProcess;
  /** Everything that it wrote, standard output and errors. */
  readonly output: () => string;
  /** Resolves with the port once the log says that it is ready. */
  readonly ready: () => Promise<number>;
  readonly exited: Promise<Exit>;
};

type Launch = { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };

/** With these Node runs by `npm start`. */
export const FLAGS = ['--disable-sigusr1', '--max-semi-space-size=4', '--initial-old-space-size=80'];

/** What `npm start` gives to Node. */
export const START = [...FLAGS, 'src/bin/syncro-slack.mjs', 'start'];

/** Where src/bin/syncro-slack.mjs keeps what is compiled; said to Node, too, as what brings the test's time is loaded before. */
const COMPILED = { ...MEMORY, NODE_COMPILE_CACHE: resolve('node_modules/.cache/syncro-slack') };

/** `npm start` itself, from its sources. */
export const asInstalled = (time = timeForChild()): Launch => ({
  args: [...time.args, ...START],
  env: { ...(time.args.length > 0 ? COMPILED : MEMORY), ...time.env },
});

/** What `npm start` runs, in one file: two thirds of the processor time. The test's time waits for what `pg` does. */
const asBundle = (time = timeForChild()): Launch => ({
  args: [...time.args, ...FLAGS, ...bundled('src/bin/main.ts', ['pg'])],
  env: { ...QUICK_START, ...time.env },
});

/** The app as `npm start` runs it, in the test's time. @param variables the whole environment but PATH */
export const startProcess = (variables: Readonly<Record<string, string>>, { args, env } = asBundle()): AppProcess => {
  const child = spawn(resolve('node_modules/.bin/node'), args, {
    env: { PATH: process.env.PATH, ...env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { servesAt } = takeIn(child);
  const { promise: port, resolve: found } = Promise.withResolvers<number>();
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = output.split('\n').find((each) => each.includes('"msg":"ready"'));
      if (!line) return;
      const ready = Number(/"port":(\d+)/.exec(line)?.[1]);
      servesAt(ready);
      found(ready);
    });
  const exited = new Promise<Exit>((done) => child.once('exit', (code, signal) => done({ code, signal })));
  return {
    child,
    output: () => output,
    exited,
    ready: async () => {
      const first = await Promise.race([port, exited]);
      if (typeof first === 'number') return first;
      throw new Error(`the app is not ready:\n${output}`);
    },
  };
};

/** Both fakes, a directory, and processes of the app that go with them. */
export type Outside = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  readonly dir: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Starts the app, waits until it is ready and lets Slack deliver to it. */
  readonly launch: (
    more?: Readonly<Record<string, string>>,
    how?: Launch,
  ) => Promise<AppProcess & { readonly port: number }>;
  readonly close: () => Promise<void>;
};

export const startOutside = async (config: string): Promise<Outside> => {
  const syncro = await startSyncro({ data: 'tiny' });
  const slack = await startSlack({
    technicians: SAMPLE_TECHNICIANS.map(({ id, name }) => ({ id, name })),
  });
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-process-'));
  writeFileSync(join(dir, 'config.yml'), config);
  const started: AppProcess[] = [];
  const variables = {
    ...appVariables({ slack, syncro }, `sqlite:${join(dir, 'journal.db')}`),
    CONFIG_FILE: join(dir, 'config.yml'),
    ...SAMPLE_KEYS,
  };
  return {
    slack,
    syncro,
    dir,
    variables,
    launch: async (more, how) => {
      const app = startProcess({ ...variables, ...more }, how);
      started.push(app);
      const port = await app.ready();
      slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
      return { ...app, port };
    },
    close: async () => {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ exited }) => exited));
      await Promise.all([slack.close(), syncro.close()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
