import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { appVariables } from '../../../sandbox/app-variables.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/slack.ts';
import type { Change } from '../../../sandbox/syncro/route.ts';
import { type SyncroOptions, type SyncroSandbox, startSyncro } from '../../../sandbox/syncro/start-syncro.ts';
import { SAMPLE_KEYS, SAMPLE_TECHNICIANS } from '../../../sandbox/world.ts';
import type { RunningApp } from '../../../src/app/create-app.ts';
import { bundledAndCompiled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { emptyJournal } from '../../empty-journal.ts';
import { isStopped, takeIn, timeForChild } from '../../time/time.ts';
import { quickConfig } from '../../world/quick-config.ts';

import { startStruck } from './start-struck.ts';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The app in a process of its own. */
export type Child = {
  readonly pid: number;
  readonly port: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<Exit>;
  readonly isRunning: () => boolean;
  readonly output: () => string;
  /** True while SIGSTOP holds it. */
  readonly isStopped: () => boolean;
};

const living = new Set<ChildProcess>();

/** For afterAll: whatever a failed test left behind. */
export const killChildren = (): void => {
  for (const child of living) child.kill('SIGKILL');
};

const launchChild = async (variables: Readonly<Record<string, string>>): Promise<Child> => {
  const time = timeForChild();
  const child = spawn(
    resolve('node_modules/.bin/node'),
    ['--min-semi-space-size=16', ...bundledAndCompiled('test/process/crash/app.ts')],
    {
      env: { PATH: process.env.PATH, ...QUICK_START, ...time.env, ...variables },
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    },
  );
  living.add(child);
  const { servesAt } = takeIn(child);
  const { promise: exited, resolve: exit } = Promise.withResolvers<Exit>();
  child.once('exit', (code, signal) => {
    living.delete(child);
    exit({ code, signal });
  });
  let output = '';
  const { promise: ready, resolve: found } = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /"port":(\d+),"msg":"ready"/.exec(output)?.[1];
      if (!port) return;
      servesAt(Number(port));
      found(Number(port));
    });
  const port = await Promise.race([ready, exited]);
  if (typeof port !== 'number') throw new Error(`the app is not ready:\n${output}`);
  const pid = child.pid ?? 0;
  return {
    pid,
    port,
    kill: (signal) => child.kill(signal),
    exited,
    isRunning: () => living.has(child),
    output: () => output,
    isStopped: () => isStopped(child),
  };
};

export type SceneOptions = {
  /** Seconds. */
  readonly timeout?: number;
  /** How long people look for what should come; long when absent. */
  readonly lookMs?: number;
  /** Seconds. */
  readonly settle?: number;
  readonly syncro?: SyncroOptions;
  /** More lines at the end of the settings file. */
  readonly more?: string;
  /** DATABASE_URL; a file of its own when absent. */
  readonly database?: string;
  /** True: the first process makes the database file itself. */
  readonly empty?: boolean;
};

/** Both fakes, one database file, and processes of the app that come and go. */
export type Scene = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  readonly dir: string;
  /** Every text that a direct message has shown, in the order it was seen. */
  readonly shown: readonly string[];
  /** What was committed in Syncro, in order. */
  readonly changes: readonly Change[];
  /** Starts the app and lets Slack deliver to it. */
  readonly launch: (more?: Readonly<Record<string, string>>) => Promise<Child>;
  /**
   * The same app on the same file, for after a death: in the test's own process, which costs a tenth. That the start may
   * also be a process is what the random kills, the restores and `test/process/app/process.test.ts` show.
   */
  readonly goOn: (more?: Readonly<Record<string, string>>) => Promise<Pick<Child, 'port' | 'output'>>;
  readonly deliverTo: (child: Child) => void;
  readonly close: () => Promise<void>;
};

export const startScene = async ({
  timeout = 10,
  settle = 2,
  syncro: options,
  more = '',
  database,
  empty = false,
  lookMs,
}: SceneOptions = {}): Promise<Scene> => {
  const syncro = await startSyncro({ data: 'tiny', ...options });
  const slack = await startSlack({
    technicians: SAMPLE_TECHNICIANS.map(({ id, name }) => ({ id, name })),
    ...(lookMs === undefined ? {} : { lookMs }),
  });
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-crash-'));
  const configFile = join(dir, 'config.yml');
  const settings = quickConfig({ timeout, settle, more });
  writeFileSync(configFile, settings);
  const file = join(dir, 'journal.db');
  if (!database && !empty) writeFileSync(file, await emptyJournal());
  const shown: string[] = [];
  const changes: Change[] = [];
  syncro.onChange((change) => changes.push(change));
  slack.onChange(() => {
    for (const { id } of SAMPLE_TECHNICIANS)
      for (const { text } of slack.person(id).dm()) if (!shown.includes(text)) shown.push(text);
  });
  const children: Child[] = [];
  const here: RunningApp[] = [];
  const variables = {
    ...appVariables({ slack, syncro }, database ?? `sqlite:${file}`),
    ...SAMPLE_KEYS,
  };
  const deliverTo = ({ port }: { readonly port: number }): void =>
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return {
    slack,
    syncro,
    dir,
    shown,
    changes,
    deliverTo,
    launch: async (more = {}) => {
      const child = await launchChild({ ...variables, CONFIG_FILE: configFile, ...more });
      children.push(child);
      deliverTo(child);
      return child;
    },
    goOn: async (more = {}) => {
      let output = '';
      const write = (line: string): void => {
        output += line;
      };
      const app = await startStruck(settings, { ...variables, ...more }, { write });
      here.push(app);
      deliverTo(app);
      return { port: app.port, output: () => output };
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all([...children.map(({ exited }) => exited), ...here.map((app) => app.stop())]);
      await Promise.all([slack.close(), syncro.close()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** Plays in a scene of its own, which is gone afterwards, however it went. */
export const withScene = async <Value>(
  options: SceneOptions,
  play: (scene: Scene) => Promise<Value>,
): Promise<Value> => {
  const scene = await startScene(options);
  try {
    return await play(scene);
  } finally {
    await scene.close();
  }
};

/** Each look costs a question to every process of the scene. */
const LOOK_EVERY_MS = 50;

/** Waits until `look` says yes. */
export const waitFor = async (what: string, look: () => boolean, timeoutMs = 60_000): Promise<void> => {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(LOOK_EVERY_MS)) if (look()) return;
  throw new Error(`not so within ${timeoutMs} ms: ${what}`);
};
