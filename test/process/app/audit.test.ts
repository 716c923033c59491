import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { bundled } from '../../bundle/bundled.ts';
import { QUICK_START } from '../../bundle/quick-start.ts';
import { bill } from '../../features/bill/bill-steps.ts';
import { useWorld } from '../../world/use-world.ts';

const start = useWorld();
const dir = mkdtempSync(join(tmpdir(), 'audit-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const check = (file: string, ...flags: string[]) =>
  promisify(execFile)(process.execPath, [...bundled('src/bin/audit.ts'), ...flags], {
    env: { ...process.env, ...QUICK_START, DATABASE_URL: `sqlite:${file}` },
  });

describe('/syncro audit', () => {
  test('says who did what, and how it ended, newest first', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const receipt = await bill(howard, 32164);
    const ref = /ref ([0-9A-Z]{6})/.exec(receipt.text)?.[1];
    await howard.slash('/syncro', 'audit 32164');
    const said = await howard.message(/Audit of #32164/);
    expect(said.ephemeral).toBe(true);
    const rows = said.text.split('\n').filter((row) => row.includes('Howard Enos'));
    expect(rows.map((row) => row.replace(/^.*Howard Enos · /, '').replace(/ \d{6,}/, ''))).toEqual([
      `ticket change (status Invoiced) · ✓ confirmed by Syncro · ref ${ref}`,
      `invoice · ✓ confirmed by Syncro · ref ${ref}`,
      `labor line · ✓ confirmed by Syncro · ref ${ref}`,
      `comment · ✓ confirmed by Syncro · ref ${ref}`,
    ]);
  });

  test('of a ticket that nobody touched from here says so', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', 'audit 32163');
    await howard.message(/Nothing about #32163 was sent to Syncro from Slack/);
    expect(world.syncro.requests).toEqual([]);
  });
});

describe('syncro-slack audit', () => {
  test('makes no database where there is none, and says where it looked', async () => {
    const file = join(dir, 'none', 'journal.db');
    await expect(check(file, '--verify')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(file) });
    expect(existsSync(join(dir, 'none'))).toBe(false);
  });

  test('prints every row and finds one that was changed', async () => {
    const databaseFile = join(dir, 'journal.db');
    const world = await start({ databaseFile });
    await bill(world.slack.person('U012HOWARD'), 32164);
    await world.stopApp();
    const whole = await check(databaseFile, '--verify', '--csv');
    expect(whole.stderr).toMatch(/The chain holds: 4 rows/);
    expect(whole.stderr).toContain(`Read from ${databaseFile}: 4 rows.`);
    expect(whole.stdout.split('\n')[1]).toMatch(
      /^"1",".*Z","U012HOWARD","Howard Enos","1750","Howard Enos","comment","confirmed","32164"/,
    );
    const db = new SqliteDatabase(databaseFile);
    db.prepare("update audit set outcome = 'refused' where seq = 3").run();
    const rename = db.prepare('update audit set technician = ? where seq = ?');
    rename.run('=HYPERLINK("https://x.example")', 2);
    rename.run('@Sum, "Howard"', 4);
    rename.run('\n=1+1', 1);
    rename.run('＝1+1', 3);
    db.close();
    // A spreadsheet would run what begins like a formula.
    const { stdout } = await check(databaseFile, '--csv');
    expect(stdout).toContain(`,"'=HYPERLINK(""https://x.example"")",`);
    expect(stdout).toContain(`,"'@Sum, ""Howard""",`);
    expect(stdout).toContain(`,"'\n=1+1",`);
    expect(stdout).toContain(`,"'＝1+1",`);
    await expect(check(databaseFile, '--verify')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('broken at row 1 of 4'),
    });
  });
});
