import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { examineDatabase } from '../../../src/app/examine-database.ts';
import { openSqlite } from '../../../src/database/sqlite.ts';
import { closingAll } from '../../closing-all.ts';
import { previewBill, SAMPLE_COMMENT } from '../../features/bill/bill-steps.ts';
import { silentLog } from '../../silent-log.ts';
import { startOutside } from '../../world/app-process.ts';
import { quickConfig } from '../../world/use-world.ts';
import { billedOnce, effectsOn, sends } from '../crash/effects.ts';
import { PORTAL, WRITES } from '../crash/steps.ts';

const mount = (dir: string): unknown =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', dir], { stdio: 'ignore' });
const unmount = (dir: string): unknown => execFileSync('umount', ['--lazy', dir]);

/** Not every machine lets its tests have a small disk. What SQLite says of a full one is tested without it, too. */
const isAllowed = (): boolean => {
  const dir = mkdtempSync(join(tmpdir(), 'full-disk-'));
  try {
    mount(dir);
    unmount(dir);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

(isAllowed() ? test : test.skip)(
  'a full disk: nothing is sent, everybody hears why, and the bill goes out once there is room',
  () =>
    closingAll(async (later) => {
      const outside = await startOutside(quickConfig());
      later(outside.close);
      const { slack, syncro, launch } = outside;
      const disk = join(outside.dir, 'disk');
      mkdirSync(disk);
      mount(disk);
      later(() => Promise.resolve(void unmount(disk)));
      const app = await launch({ DATABASE_URL: `sqlite:${join(disk, 'journal.db')}` });
      const howard = slack.person('U012HOWARD');
      const preview = await previewBill(howard, 32164, { audience: PORTAL });

      const { bavail, bsize } = statfsSync(disk);
      const filler = join(disk, 'filler');
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      // What it had room for within its log is used up by the small writes.
      const ready = async () => (await fetch(`http://127.0.0.1:${app.port}/readyz`)).json();
      let said = await ready();
      for (let tries = 0; tries < 300 && (said as { database: string }).database === 'ok'; tries++) {
        await sleep(6_000);
        said = await ready();
      }
      expect(said).toMatchObject({ database: expect.stringMatching(/^The database can't be written: its disk /) });
      await preview.submit(/^Bill /);
      expect(preview.text()).toContain("I can't write to my database: its disk is full, or it is read-only.");
      expect(preview.text()).toContain('Nothing was sent.');
      const metrics = await (await fetch(`http://127.0.0.1:${app.port}/metrics`)).text();
      expect(metrics).toMatch(/^syncro_slack_database_up 0$/m);
      for (const each of WRITES) expect(sends(syncro, each)).toBe(0);

      rmSync(filler);
      await sleep(6_000);
      expect(await ready()).toMatchObject({ database: 'ok' });
      const again = await previewBill(howard, 32164, { audience: PORTAL });
      await again.submit(/^Bill /);
      await howard.message(/Sent once, confirmed/);
      expect(effectsOn(syncro.state, 32164, SAMPLE_COMMENT)).toEqual(billedOnce(SAMPLE_COMMENT, 1750));
      for (const each of WRITES) expect(sends(syncro, each)).toBe(1);
    }),
);

(isAllowed() ? test : test.skip)('the doctor says that the disk is full, though the database opens', () =>
  closingAll(async (later) => {
    const disk = mkdtempSync(join(tmpdir(), 'full-disk-'));
    later(() => Promise.resolve(rmSync(disk, { recursive: true })));
    mount(disk);
    later(() => Promise.resolve(void unmount(disk)));
    const file = join(disk, 'journal.db');
    // As while the app runs.
    const db = await openSqlite(file);
    later(() => db.destroy());
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
    const { finding } = await examineDatabase(`sqlite:${file}`, silentLog);
    expect(finding).toMatchObject({ state: 'failed', words: 'its disk is full: make room' });
  }),
);
