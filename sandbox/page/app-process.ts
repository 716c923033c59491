import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type AppState = 'starting' | 'running' | 'dead';

/** The app as `npm start` runs it, in a process of its own that is started again whenever it ends. */
export type KeptApp = {
  readonly state: () => { readonly state: AppState; readonly pid: number | null; readonly deaths: number };
  /** Resolves when Slack's requests are taken, the first time. @throws when it never gets there. */
  readonly ready: Promise<void>;
  /** SIGKILL: nothing in it can say goodbye. */
  readonly kill: () => void;
  readonly close: () => Promise<void>;
};

export type KeepOptions = {
  /** Its whole environment but for `PATH`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Called each time that it takes requests. */
  readonly onReady: (port: number) => void;
  /** Called when it ended by itself or was killed. */
  readonly onDeath: () => void;
  readonly onChange: () => void;
  /** How long it stays away once it was killed. */
  readonly restartAfterMs: number;
  readonly onLog: (line: string) => void;
};

const readyPort = (line: string): number | null => {
  const found = /"port":(\d+).*"msg":"ready"/.exec(line);
  return found ? Number(found[1]) : null;
};

const eachLine = (child: ChildProcess, take: (line: string) => void): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
  }
};

export const keepAppRunning = ({
  variables,
  restartAfterMs,
  onReady,
  onDeath,
  onChange,
  onLog,
}: KeepOptions): KeptApp => {
  const ready = Promise.withResolvers<void>();
  let state: AppState = 'starting';
  let deaths = 0;
  let closing = false;
  let child: ChildProcess | null = null;
  let again: NodeJS.Timeout | undefined;
  let exited = Promise.resolve();
  const become = (next: AppState): void => {
    state = next;
    onChange();
  };

  const start = (): void => {
    const own = spawn(process.execPath, ['src/bin/syncro-slack.mjs', 'start'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = own;
    become('starting');
    let last = '';
    eachLine(own, (line) => {
      last = line;
      onLog(line);
      const port = state === 'starting' ? readyPort(line) : null;
      if (port === null) return;
      onReady(port);
      ready.resolve();
      become('running');
    });
    exited = new Promise((done) => {
      own.once('error', (error) => ready.reject(error));
      own.once('close', () => {
        if (child === own) child = null;
        deaths += 1;
        // Never got as far as this: starting it again would change nothing.
        ready.reject(new Error(`the app ended before it was ready: ${last}`));
        become('dead');
        done();
        if (closing) return;
        onDeath();
        again = setTimeout(start, restartAfterMs);
      });
    });
  };

  // A demo that dies itself leaves no process behind.
  const killNow = (): void => void child?.kill('SIGKILL');
  process.once('exit', killNow);
  ready.promise.catch(() => {});
  start();
  return {
    state: () => ({ state, pid: child?.pid ?? null, deaths }),
    ready: ready.promise,
    kill: killNow,
    close: async () => {
      closing = true;
      clearTimeout(again);
      process.off('exit', killNow);
      child?.kill('SIGKILL');
      await exited;
    },
  };
};
