import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The next folder upwards that there is. */
const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'the user that this runs as may not write there',
  EPERM: 'the user that this runs as may not write there',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOENT: 'the system allows no files there',
};

const because = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  return WHY[code] ? `${WHY[code]} (${code})` : code;
};

/**
 * Why no SQLite database can be kept in a file, as a sentence; `null`: it can. A file is made beside it and taken away:
 * rights alone don't say it (root may write everywhere, and yet there is no file in /proc).
 */
export const problemOfDatabaseFile = (file: string): string | null => {
  const folder = nearest(dirname(file));
  try {
    if (existsSync(file) && statSync(file).isDirectory())
      return `${file} is a folder: name a file in it, like sqlite:${join(file, 'syncro-slack.db')}`;
    if (!statSync(folder).isDirectory()) return `${folder} is a file, so nothing can be created below it`;
    if (existsSync(file)) closeSync(openSync(file, 'r+'));
  } catch (error) {
    return `${file} can't be written: ${because(error)}`;
  }
  const probe = join(folder, `.syncro-slack-${process.pid}`);
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
    return null;
  } catch (error) {
    return `no file can be created in ${folder}: ${because(error)}`;
  }
};
