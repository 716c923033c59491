import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import {
  createNotificationReader,
  type NotificationReaderDeps,
} from '../../../src/features/replies/notification-reader.ts';
import { createNotifiedRecords } from '../../../src/features/replies/store/notified-records.ts';
import { createToldReplies } from '../../../src/features/replies/store/told-replies.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { aCustomer, aTicket, hour, minute, noon } from '../../runs/rules/a-ticket.ts';

const away = new AppError('unreachable', 'Syncro did not answer.', { retryable: true });

/** A process that follows notifications, looking whenever it is told to. */
const aProcess = async () => {
  const notified = createNotifiedRecords(await openSqlite(':memory:'));
  const desk = {
    now: noon,
    asked: [] as number[],
    customers: [] as number[],
    failure: null as Error | null,
    hangs: false,
    warnings: [] as string[],
  };
  const tasks: Array<{ readonly ms: number; readonly task: () => void }> = [];
  const silent = () => undefined;
  const nothing = () => Promise.reject(new Error('not asked for here'));
  const deps: NotificationReaderDeps = {
    notified,
    told: createToldReplies(await openSqlite(':memory:')),
    board: { tell: nothing, find: nothing },
    reads: {
      ticket: (_caller, id) => {
        desk.asked.push(id);
        if (desk.hangs) return new Promise(() => undefined);
        return desk.failure ? Promise.reject(desk.failure) : Promise.resolve({ ...aTicket(), id, technicianId: null });
      },
      comments: nothing,
      customer: (_caller, id) => Promise.resolve(aCustomer({ id })),
    },
    memory: { remember: () => Promise.resolve() },
    customers: {
      put: (rows) => Promise.resolve(desk.customers.push(...rows.map(({ id }) => id))).then(() => undefined),
    },
    lists: { ticketSettings: nothing },
    identity: { reader: nothing },
    caller: () => Promise.resolve({ key: { reveal: () => 'key' }, lane: 'background' }),
    technicians: [],
    clock: { now: () => desk.now, sleep: () => Promise.resolve() },
    log: { debug: silent, info: silent, warn: (_fields, message) => void desk.warnings.push(message), error: silent },
    owner: 'a',
    every: (ms, task) => {
      tasks.push({ ms, task });
      return silent;
    },
  };
  const reader = createNotificationReader(deps);
  reader.start();
  /** A second passes, and everything that is due by then is done. */
  const look = async (afterMs = 1_000): Promise<void> => {
    desk.now += afterMs;
    for (const { ms, task } of tasks) if (ms === 1_000) task();
    // Nothing here waits for anything outside: one turn later all of it is through.
    await new Promise((resolve) => setImmediate(resolve));
  };
  const note = (id: number) => notified.note({ kind: 'ticket', id }, desk.now);
  return { desk, notified, reader, look, note };
};

describe('a flood of notifications', () => {
  test('about many tickets reads no more than 30 in a minute, and all of them in the end', async () => {
    const { desk, notified, look, note } = await aProcess();
    for (let id = 1; id <= 70; id++) await note(id);
    await look();
    await look();
    expect(desk.asked).toHaveLength(30);
    await look(minute);
    expect(desk.asked).toHaveLength(60);
    await look(minute);
    expect(new Set(desk.asked).size).toBe(70);
    expect(await notified.waiting()).toBe(0);
  });

  test('about one ticket reads it once in 20 seconds', async () => {
    const { desk, look, note } = await aProcess();
    for (let second = 0; second < 45; second++) {
      await note(1);
      desk.now += 1_000;
      if (second % 5 === 0) await look(0);
    }
    expect(desk.asked.length).toBeGreaterThanOrEqual(2);
    expect(desk.asked.length).toBeLessThanOrEqual(3);
  });
});

test('a notification about a customer renews what is remembered of them', async () => {
  const { desk, notified, look } = await aProcess();
  await notified.note({ kind: 'customer', id: 33401001 }, desk.now);
  await look();
  expect([desk.customers, desk.asked, await notified.waiting()]).toEqual([[33401001], [], 0]);
});

describe('a notification that can’t be followed', () => {
  test('is tried again, ever more seldom, in the end each hour, and given up after five days', async () => {
    const { desk, notified, look, note } = await aProcess();
    desk.failure = away;
    await note(1);
    for (let i = 0; i < 30; i++) await look(minute / 6);
    // In five minutes: at once, and after about 1, 2, 3 and 4½ minutes.
    expect(desk.asked.length).toBeGreaterThanOrEqual(4);
    expect(desk.asked.length).toBeLessThanOrEqual(6);
    for (let i = 0; i < 4 * 24; i++) await look(hour);
    expect(await notified.waiting()).toBe(1);
    expect(desk.asked.length).toBeGreaterThan(4 * 24 - 5);
    for (let i = 0; i < 26; i++) await look(hour);
    expect(desk.asked.length).toBeLessThan(5 * 24 + 15);
    expect(desk.warnings.at(-1)).toContain('given up');
    expect(await notified.waiting()).toBe(0);
  });

  test('because its record is gone is over', async () => {
    const { desk, notified, look, note } = await aProcess();
    desk.failure = new AppError('not_found', 'No.');
    await note(1);
    await look();
    expect([desk.asked.length, await notified.waiting()]).toEqual([1, 0]);
  });

  test.each(['no_key', 'key_refused', 'wrong_key', 'not_allowed'] as const)(
    'because of a key (%s) is followed within an hour of the next one, days later',
    async (code) => {
      const { desk, notified, look, note } = await aProcess();
      desk.failure = new AppError(code, 'No.');
      await note(1);
      for (let i = 0; i < 3 * 24; i++) await look(hour);
      const tries = desk.asked.length;
      desk.failure = null;
      await look(hour);
      expect([desk.asked.length, await notified.waiting()]).toEqual([tries + 1, 0]);
    },
  );

  test('by a bug does not end the others', async () => {
    const { desk, look, note } = await aProcess();
    desk.failure = new TypeError('a bug');
    await note(1);
    await look();
    desk.failure = null;
    await note(2);
    await look();
    expect(desk.asked).toEqual([1, 2]);
  });
});

test('a process that stops while it reads leaves that to the next one at once, and begins nothing new', async () => {
  const { desk, notified, reader, look, note } = await aProcess();
  desk.hangs = true;
  await note(1);
  await look();
  await note(2);
  await reader.stop();
  await look(5_000);
  expect(desk.asked).toEqual([1]);
  expect(await notified.claim('b', desk.now, minute)).not.toBeNull();
  expect(await notified.claim('b', desk.now, minute)).not.toBeNull();
});
