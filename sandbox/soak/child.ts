import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './flat.ts';

export type SoakedApp = {
  readonly port: number;
  readonly measure: () => Promise<Measured>;
  /** Resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Warnings and errors of its log; the newest. */
  readonly complaints: () => readonly string[];
};

type Words = { readonly port?: number; readonly measured?: Measured };

/** Starts the app as a process of its own. */
export const startSoakedApp = async (variables: Readonly<Record<string, string>>): Promise<SoakedApp> => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = fork(fileURLToPath(new URL('./app.ts', import.meta.url)), {
    execArgv: ['--expose-gc'],
    env: { PATH, NODE_COMPILE_CACHE, LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints.push(...chunk.toString().split('\n').filter(Boolean));
    complaints.splice(0, complaints.length - 200);
  });
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const hears = <Value>(read: (words: Words) => Value | undefined): Promise<Value> =>
    new Promise((done, failed) => {
      const listen = (words: unknown): void => {
        const value = read(words as Words);
        if (value === undefined) return;
        child.off('message', listen);
        done(value);
      };
      child.on('message', listen);
      void exited.then((code) => failed(new Error(`the app ended with ${code}:\n${complaints.join('\n')}`)));
    });
  const port = await hears((words) => words.port);
  return {
    port,
    measure: () => {
      const measured = hears((words) => words.measured);
      child.send('measure');
      return measured;
    },
    stop: () => {
      if (child.connected) child.disconnect();
      return exited;
    },
    complaints: () => complaints,
  };
};
