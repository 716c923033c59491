import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { customerOf } from '../session-log.ts';
import type { SavedLog, SessionLogs } from '../session-log-path.ts';

const LOGS = 'session-logs';
/** What stands in the logs is between the customer and the shop. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const HEAD_BYTES = 200;

class Outside extends Error {}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

const missing = (error: unknown): null => {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
};

/** A folder below another, made if need be. @throws Outside when a link leads out of the root */
const folderIn = async (root: string, parent: string, name: string): Promise<string> => {
  const path = join(parent, name);
  await mkdir(path, { mode: FOLDER_MODE }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  const real = await realpath(path);
  const inside = relative(root, real);
  if (inside === '' || inside.split(sep)[0] === '..' || resolve(root, inside) !== real) throw new Outside(path);
  return real;
};

/** Without following a link, and without waiting for the other end of a pipe. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A file's text, or its beginning; `null`: there is none, or it is a link, a folder or the like. */
const read = async (path: string, bytes?: number): Promise<string | null> => {
  const file = await open(path, READ).catch((error: unknown) => (codeOf(error) === 'ELOOP' ? null : missing(error)));
  if (!file) return null;
  try {
    if (!(await file.stat()).isFile()) return null;
    if (bytes === undefined) return await file.readFile('utf8');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** The customer whose logs are in a folder; `null`: nobody's yet. */
const ownerOf = async (folder: string): Promise<number | null> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  for (const name of names) {
    const owner = customerOf((await read(join(folder, name), HEAD_BYTES)) ?? '');
    if (owner !== null) return owner;
  }
  return null;
};

/** Makes names last through a power cut; not every system lets a folder be opened for it. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

/** First beside it, then in its place: nobody ever reads half a log. */
const replace = async (folder: string, file: string, text: string): Promise<void> => {
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', FILE_MODE);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(folder, file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
};

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'the app may not write there',
  EPERM: 'the app may not write there',
  EROFS: 'that disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOTDIR: 'something that is no folder is in the way',
  EISDIR: 'a folder is in the way',
  EEXIST: 'something that is no folder is in the way',
  ENOENT: 'a link there leads nowhere',
};

const failed = (error: unknown): SavedLog => {
  if (error instanceof Outside) return { result: 'failed', why: 'a link there leads out of the folder of the logs' };
  const code = codeOf(error);
  if (code === undefined) throw error;
  return { result: 'failed', why: WHY[code] ?? `the system says ${code}` };
};

/** @param dir as the settings name it; made when the first log is written */
export const createSessionLogFiles = (dir: string): SessionLogs => {
  const save: SessionLogs['save'] = async ({ folders, file }, customerId, text) => {
    await mkdir(dir, { recursive: true, mode: FOLDER_MODE });
    const root = await realpath(dir);
    for (const name of folders) {
      const folder = await folderIn(root, await folderIn(root, root, name), LOGS);
      const owner = await ownerOf(folder);
      if (owner !== null && owner !== customerId) continue;
      const path = join(dir, name, LOGS, file);
      if ((await read(join(folder, file))) === text) return { result: 'already_there', path };
      await replace(folder, file, text);
      return { result: 'written', path };
    }
    return { result: 'failed', why: 'every folder of that name holds logs of other customers' };
  };

  // One at a time: two presses of one button find the same state of the folder one after the other.
  let last: Promise<unknown> = Promise.resolve();
  return {
    save: (...log) => {
      const next = last.then(() => save(...log)).catch(failed);
      last = next.catch(() => undefined);
      return next;
    },
  };
};
