import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programsFor, unprivileged } from './binaries.ts';

/** A real Postgres on this machine, with nothing in it. */
export type SandboxPostgres = {
  readonly url: (database?: string) => string;
  /** `fast`: as an administrator does; `immediate`: as a crash, its journal is played back at the next start. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>;
  /** After a stop, on the same address with the same data. */
  readonly start: () => Promise<void>;
  /** Stops it and throws it away. */
  readonly close: () => Promise<void>;
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
};

/**
 * Stays beside the server and ends it when it is told to, or when its own input ends: whoever started it was killed with
 * -9 then, so the data goes, too.
 * @see https://www.postgresql.org/docs/current/server-shutdown.html for the signals
 */
const KEEPER = `trap : INT
"$0" "$@" & server=$!
read -r word
kill -INT $server 2>/dev/null
wait $server
[ "$word" = stop ] || rm -rf "$SANDBOX"`;

/** A crash of the machine is nothing that tests have; a crash of the server needs no fsync. */
const QUICK = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', 'max_connections=200'];
const PASSWORD = 'sandbox-password';
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** @param more settings that go before those for tests */
export const startPostgres = async (more: readonly string[] = []): Promise<SandboxPostgres> => {
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-postgres-'));
  const data = join(dir, 'data');
  const user = unprivileged();
  chmodSync(dir, 0o755);
  mkdirSync(data, { mode: 0o700 });
  if (user) for (const folder of [dir, data]) chownSync(folder, user.uid, user.gid);
  const bin = programsFor(user, dir);
  const as = { ...user, env: { PATH: process.env.PATH, LC_ALL: 'C', SANDBOX: dir } };
  // A language's way of sorting, as most servers have one: what depends on the order of texts must say which it means.
  const sorting = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const login = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`];
  await promisify(execFile)(join(bin, 'initdb'), [...sorting, ...login, '--no-sync', '--pgdata', data], as);
  const port = await freePort();
  let keeper: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const settings = [...QUICK, ...more, 'listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap((one) => [
      '-c',
      one,
    ]);
    const args = ['-c', KEEPER, join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings];
    const child = spawn('/bin/sh', args, { ...as, stdio: ['pipe', 'ignore', 'pipe'] });
    keeper = child;
    let said = '';
    await new Promise<void>((ready, failed) => {
      child.stderr.on('data', (chunk: Buffer) => {
        if (said.length < 20_000) said += chunk.toString();
        if (said.includes('ready to accept connections')) ready();
      });
      child.once('exit', () => failed(new Error(`Postgres did not start:\n${said}`)));
    });
    // Nobody waits for it while it runs.
    child.unref();
  };

  const stop = async (how: 'fast' | 'immediate'): Promise<void> => {
    const child = keeper;
    if (!child) return;
    keeper = null;
    child.ref();
    const exited = new Promise((done) => child.once('exit', done));
    process.kill(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]), SIGNALS[how]);
    child.stdin?.end('stop\n');
    await exited;
  };

  await start();
  return {
    url: (database = 'postgres') => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop,
    start,
    close: async () => {
      await stop('immediate');
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
