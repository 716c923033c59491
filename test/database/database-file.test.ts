import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { problemOfDatabaseFile } from '../../src/database/database-file.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import { createLog } from '../../src/shared/log.ts';

const dir = mkdtempSync(join(tmpdir(), 'database-file-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const open = (file: string) => openDatabase(`sqlite:${file}`, { log: createLog('silent', []) });

test('a start says where no database can be, as the doctor does', async () => {
  await expect(open(dir)).rejects.toThrow(
    `DATABASE_URL: ${dir} is a folder: name a file in it, like sqlite:${dir}/syncro-slack.db.`,
  );
  if (process.platform === 'linux')
    await expect(open('/proc/x')).rejects.toThrow(
      'DATABASE_URL: no file can be created in /proc: the system allows no files there (ENOENT).',
    );
  const file = join(dir, 'text');
  writeFileSync(file, '');
  expect(problemOfDatabaseFile(join(file, 'x.db'))).toBe(`${file} is a file, so nothing can be created below it`);
});

test('looking leaves nothing behind, and finds nothing wrong with a folder that is still to be made', () => {
  const before = readdirSync(dir);
  expect(problemOfDatabaseFile(join(dir, 'a', 'b', 'journal.db'))).toBeNull();
  expect(readdirSync(dir)).toEqual(before);
});
