import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Storage } from '../../src/database/backup/storage.ts';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import type { Standing } from '../../src/metrics/gauges.ts';
import { holdStill } from '../held-time.ts';
import { hour, minute, noon } from '../runs/rules/a-ticket.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

beforeEach(() => holdStill(['setTimeout', 'clearTimeout', 'performance']));
afterEach(() => void jest.useRealTimers());

const quiet: Standing = { runs: [], requestsInWindow: 0, pausedUntil: null, oldestDueDigest: null };
const build = { version: '1.2.3', node: '26.1.0', database: 'sqlite', mode: 'http' };
const process = {
  accepting: true,
  queued: { run: 1, person: 2, background: 3 },
  syncroDownMs: 0,
  slackSilentMs: 90_000,
  sockets: null,
};

/** The app's own lines of a scrape, without help and without the buckets. */
const scrapeWith = async (
  read: () => Promise<Standing>,
  storage: (() => Promise<Storage>) | null = null,
  now = process,
): Promise<readonly string[]> => {
  const metrics = createMetrics({ limit: 171, commands: [], build, log: aQuietLog });
  metrics.watch({ clock: { now: () => noon }, standings: { read }, now: () => now, storage });
  return (await metrics.text()).split('\n').filter((line) => line.startsWith('syncro_slack_'));
};

describe('a scrape', () => {
  test('tells of this process and of all copies', async () => {
    const lines = await scrapeWith(() =>
      Promise.resolve({
        runs: [{ state: 'asking', count: 2, oldestAt: noon - hour }],
        requestsInWindow: 100,
        pausedUntil: noon + minute,
        oldestDueDigest: noon - minute,
      }),
    );
    for (const line of [
      'syncro_slack_limiter_queue{lane="background"} 3',
      'syncro_slack_budget_left 71',
      'syncro_slack_syncro_pause_seconds 60',
      'syncro_slack_digest_overdue_seconds 60',
      'syncro_slack_runs{state="asking"} 2',
      'syncro_slack_runs{state="open"} 0',
      'syncro_slack_runs_oldest_seconds{state="asking"} 3600',
      'syncro_slack_socket_connections_wanted 0',
      'syncro_slack_database_up 1',
      'syncro_slack_slack_silent_seconds 90',
      'syncro_slack_build_info{version="1.2.3",node="26.1.0",database="sqlite",mode="http"} 1',
    ])
      expect(lines).toContain(line);
  });

  test('shows no old numbers as if they were new while the database is away, and the rest all the same', async () => {
    let away = false;
    const metrics = createMetrics({ limit: 171, commands: [], build, log: aQuietLog });
    const read = () => (away ? Promise.reject(new Error('away')) : Promise.resolve({ ...quiet, requestsInWindow: 5 }));
    metrics.watch({ clock: { now: () => noon }, standings: { read }, now: () => process, storage: null });
    expect(await metrics.text()).toContain('\nsyncro_slack_budget_left 166\n');
    away = true;
    // Scrapes of the same second share one reading.
    jest.advanceTimersByTime(999);
    expect(await metrics.text()).toContain('\nsyncro_slack_budget_left 166\n');
    jest.advanceTimersByTime(1);
    const text = await metrics.text();
    expect(text).toContain('\nsyncro_slack_database_up 0\n');
    expect(text).toContain('\nsyncro_slack_limiter_queue{lane="person"} 2\n');
    expect(text).not.toMatch(/^syncro_slack_(budget_left|runs|runs_oldest_seconds|digest_overdue_seconds)[ {]/m);
  });

  test('does not wait for a database that hangs', async () => {
    const scraped = scrapeWith(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await scraped).toContain('syncro_slack_database_up 0');
  });

  test('tells of the disk and of the last backup, or nothing where there is no file or its disk hangs', async () => {
    const read = () => Promise.resolve(quiet);
    const storage = { lastBackupAt: noon - hour, freeBytes: 1_000, sizeBytes: 4_000 };
    const lines = await scrapeWith(read, () => Promise.resolve(storage));
    expect(lines).toContain('syncro_slack_disk_free_bytes 1000');
    expect(lines).toContain('syncro_slack_disk_size_bytes 4000');
    expect(lines).toContain(`syncro_slack_last_backup_timestamp_seconds ${(noon - hour) / 1_000}`);
    const never = await scrapeWith(read, () => Promise.resolve({ ...storage, lastBackupAt: null }));
    expect(never).toContain('syncro_slack_last_backup_timestamp_seconds 0');
    const hanging = scrapeWith(read, () => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(2_000);
    for (const text of [await scrapeWith(read), await hanging]) {
      expect(text).toContain('syncro_slack_database_up 1');
      expect(text.filter((line) => /disk|backup/.test(line))).toEqual([]);
    }
  });
});
