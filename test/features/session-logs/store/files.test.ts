import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sessionLogText } from '../../../../src/features/session-logs/session-log.ts';
import { sessionLogPlace } from '../../../../src/features/session-logs/session-log-path.ts';
import { createSessionLogFiles } from '../../../../src/features/session-logs/store/files.ts';
import { aTicket } from '../../../runs/rules/a-ticket.ts';

let home = '';
let dir = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'logs-'));
  dir = join(home, 'clients');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Every file below the folder, with its place. */
const files = (): readonly string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .sort();

const log = (customerName: string, customerId: number, subject = 'Printer jams', number = 32_164) => {
  const ticket = aTicket({ customerName, customerId, subject, number: number as never });
  const text = sessionLogText({
    ticket,
    url: 'https://x.example/1',
    comments: [],
    olderLeftOut: false,
    names: new Map(),
    writtenBy: 'Howard',
    day: '2026-11-24',
    timeZone: 'UTC',
  });
  return [sessionLogPlace(ticket, '2026-11-24'), customerId, text] as const;
};

const PATH = 'clients/burger-barn/session-logs/2026-11-24-32164-printer-jams.md';

describe('a session log', () => {
  test('is written under the customer’s name, for the app’s own eyes', async () => {
    const logs = createSessionLogFiles(dir);
    const written = log('Burger Barn', 9001);
    expect(await logs.save(...written)).toEqual({ result: 'written', path: join(home, PATH) });
    expect(files()).toEqual([PATH]);
    expect(readFileSync(join(home, PATH), 'utf8')).toBe(written[2]);
    expect(statSync(join(home, PATH)).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'burger-barn/session-logs')).mode & 0o777).toBe(0o700);
  });

  test('is not written a second time as it is, and replaced when it has changed', async () => {
    const logs = createSessionLogFiles(dir);
    const [place, id, text] = log('Burger Barn', 9001);
    await logs.save(place, id, text);
    const { ino } = statSync(join(home, PATH));
    expect(await logs.save(place, id, text)).toEqual({ result: 'already_there', path: join(home, PATH) });
    expect(statSync(join(home, PATH)).ino).toBe(ino);
    expect(await logs.save(place, id, `${text}more`)).toMatchObject({ result: 'written' });
    expect(readFileSync(join(home, PATH), 'utf8')).toBe(`${text}more`);
    expect(files()).toEqual([PATH]);
  });

  test('asked for twice at once is written once', async () => {
    const logs = createSessionLogFiles(dir);
    const one = log('Burger Barn', 9001);
    const results = await Promise.all([logs.save(...one), logs.save(...one)]);
    expect(results.map(({ result }) => result)).toEqual(['written', 'already_there']);
  });

  test('never joins those of another customer whose name reads the same', async () => {
    const logs = createSessionLogFiles(dir);
    await logs.save(...log('Burger Barn', 9001));
    await logs.save(...log('BURGER, Barn!', 9002, 'Other', 32_165));
    await logs.save(...log('BURGER, Barn!', 9002, 'Again', 32_166));
    await logs.save(...log('Burger Barn', 9001, 'Again', 32_167));
    expect(files()).toEqual([
      'clients/burger-barn-9002/session-logs/2026-11-24-32165-other.md',
      'clients/burger-barn-9002/session-logs/2026-11-24-32166-again.md',
      PATH,
      'clients/burger-barn/session-logs/2026-11-24-32167-again.md',
    ]);
  });

  test('goes on in a folder that people made by hand', async () => {
    mkdirSync(join(dir, 'burger-barn/session-logs/a-folder.md'), { recursive: true });
    symlinkSync('nowhere', join(dir, 'burger-barn/session-logs/a-link.md'));
    spawnSync('mkfifo', [join(dir, 'burger-barn/session-logs/a-pipe.md')]);
    writeFileSync(join(dir, 'burger-barn/session-logs/2026-01-01-notes.md'), '# notes');
    expect(await createSessionLogFiles(dir).save(...log('Burger Barn', 9001))).toMatchObject({ result: 'written' });
    expect(files()).toContain(PATH);
  });

  test.each(['../../etc', '..', '/etc/cron.d', 'CON', '🖨️', 'x'.repeat(300), 'a\u0000b', 'C:\\x', '.', ''])(
    'stays in its folder when the customer is called %j',
    async (name) => {
      const saved = await createSessionLogFiles(dir).save(...log(name, 9001, name));
      expect(saved).toMatchObject({ result: 'written' });
      expect(files()).toHaveLength(1);
      expect(files()[0]).toMatch(/^clients\/[^/]+\/session-logs\/2026-11-24-32164-[^/]+\.md$/);
    },
  );
});

describe('nothing is written', () => {
  const outside = () => {
    const path = join(home, 'outside');
    mkdirSync(path);
    return path;
  };

  test('through a link that leads out of the folder', async () => {
    mkdirSync(dir);
    symlinkSync(outside(), join(dir, 'burger-barn'));
    const saved = await createSessionLogFiles(dir).save(...log('Burger Barn', 9001));
    expect(saved).toEqual({ result: 'failed', why: 'a link there leads out of the folder of the logs' });
    expect(readdirSync(join(home, 'outside'))).toEqual([]);
  });

  test('through a link to the folder of the logs itself', async () => {
    mkdirSync(dir);
    symlinkSync('.', join(dir, 'burger-barn'));
    expect(await createSessionLogFiles(dir).save(...log('Burger Barn', 9001))).toMatchObject({ result: 'failed' });
    expect(readdirSync(dir)).toEqual(['burger-barn']);
  });

  test('through a link one floor below', async () => {
    mkdirSync(join(dir, 'burger-barn'), { recursive: true });
    symlinkSync(outside(), join(dir, 'burger-barn/session-logs'));
    expect(await createSessionLogFiles(dir).save(...log('Burger Barn', 9001))).toMatchObject({ result: 'failed' });
    expect(readdirSync(join(home, 'outside'))).toEqual([]);
  });

  test('through a link in the place of the log: that one is replaced', async () => {
    mkdirSync(join(dir, 'burger-barn/session-logs'), { recursive: true });
    writeFileSync(join(outside(), 'secret'), 'untouched');
    symlinkSync(join(home, 'outside/secret'), join(home, PATH));
    expect(await createSessionLogFiles(dir).save(...log('Burger Barn', 9001))).toMatchObject({ result: 'written' });
    expect(readFileSync(join(home, 'outside/secret'), 'utf8')).toBe('untouched');
    expect(statSync(join(home, PATH)).isFile()).toBe(true);
  });

  test('where a link leads nowhere, or a file is in the way', async () => {
    mkdirSync(dir);
    symlinkSync(join(home, 'nowhere'), join(dir, 'burger-barn'));
    expect(await createSessionLogFiles(dir).save(...log('Burger Barn', 9001))).toEqual({
      result: 'failed',
      why: 'a link there leads nowhere',
    });
    writeFileSync(join(dir, 'acme'), 'a file');
    expect(await createSessionLogFiles(dir).save(...log('Acme', 9002))).toMatchObject({ result: 'failed' });
    expect(existsSync(join(home, 'nowhere'))).toBe(false);
  });

  test('by halves: what failed leaves no file behind, and the next one works', async () => {
    const logs = createSessionLogFiles(dir);
    mkdirSync(join(home, PATH), { recursive: true });
    expect(await logs.save(...log('Burger Barn', 9001))).toEqual({ result: 'failed', why: 'a folder is in the way' });
    expect(files()).toEqual([]);
    expect(await logs.save(...log('Acme', 9002))).toMatchObject({ result: 'written' });
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)('where the app may not', async () => {
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    const saved = await createSessionLogFiles(dir).save(...log('Burger Barn', 9001));
    chmodSync(dir, 0o700);
    expect(saved).toEqual({ result: 'failed', why: 'the app may not write there' });
  });
});
