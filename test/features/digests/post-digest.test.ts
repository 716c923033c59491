import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../src/shared/errors.ts';
import { hour, minute } from '../../runs/rules/a-ticket.ts';
import { aMorning, job } from './a-morning.ts';
import { aSummary, day } from './digest-facts.ts';

/** Monday 23 November 2026, 08:00 in Phoenix. */
const eight = Date.UTC(2026, 10, 23, 15);
const monday = eight;
const friday = eight - 3 * day;
const away = new AppError('unreachable', 'Syncro did not answer.', { retryable: true });

describe('a digest that is due', () => {
  test('is posted once, however often and by whomever it is looked for', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    await look();
    await Promise.all([look(), look(job, 'b'), look(job, 'c')]);
    shop.now += minute;
    await look(job, 'b');
    expect(shop.channel).toHaveLength(1);
    expect(shop.channel[0]?.remarks).toEqual({ missed: [], dueAt: null });
    expect(await stateOf(eight)).toBe('posted');
  });

  test.each([
    ['on time', 0, 1, null],
    ['a little late', 5 * minute, 1, null],
    ['caught up, and says when it was due', 3 * hour + 59 * minute, 1, '08:00'],
    ['not caught up after 4 hours', 4 * hour + minute, 0, null],
  ])('comes %s', async (_words, late, count, dueAt) => {
    const { shop, look } = await aMorning(friday);
    await look();
    shop.channel.length = 0;
    shop.now = monday + late;
    await look();
    await look();
    expect(shop.channel.map(({ remarks }) => remarks.dueAt)).toEqual(Array(count).fill(dueAt));
  });

  test('that nobody posted in time is skipped, and the next one says so once', async () => {
    const { shop, look, stateOf } = await aMorning(friday);
    await look();
    shop.now = monday + 5 * hour;
    await look();
    expect(await stateOf(monday)).toBe('skipped');
    shop.now = monday + day;
    await look();
    shop.now = monday + 2 * day;
    await look();
    expect(shop.channel.map(({ remarks }) => remarks.missed)).toEqual([[], ['Mon Nov 23'], []]);
  });

  test('tells also of the days on which no process ran at all', async () => {
    const { shop, look } = await aMorning(friday);
    await look();
    shop.now = monday + 2 * day + minute;
    await look();
    expect(shop.channel.at(-1)?.remarks.missed).toEqual(['Mon Nov 23', 'Tue Nov 24']);
    expect(shop.channel).toHaveLength(2);
  });

  test('that is seen for the first time hours later owes nothing and misses nothing', async () => {
    const { shop, look, stateOf } = await aMorning(monday + 5 * hour);
    await look();
    expect(await stateOf(monday)).toBe('passed');
    shop.now = monday + day;
    await look();
    expect(shop.channel.map(({ remarks }) => remarks.missed)).toEqual([[]]);
  });

  test('that was changed after it was posted does not come again the same morning', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    await look();
    shop.now = eight + 2 * hour;
    const changed = { ...job, at: '09:00' };
    await look(changed);
    expect(shop.channel).toHaveLength(1);
    expect(await stateOf(eight + hour, changed)).toBe('passed');
    shop.now = eight + day + hour;
    await look(changed);
    expect(shop.channel).toHaveLength(2);
  });

  test('compares with the one before and says when nothing is new', async () => {
    const { shop, look } = await aMorning(friday);
    await look();
    shop.now = monday;
    await look();
    shop.tickets.push(aSummary(3));
    shop.now = monday + day;
    await look();
    expect(shop.channel.map(({ digest }) => [digest.nothingNew, digest.change])).toEqual([
      [false, null],
      [true, { by: 0, since: 'Friday' }],
      [false, { by: 1, since: 'yesterday' }],
    ]);
  });
});

describe('a digest while Syncro is away', () => {
  test('comes when it is back', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.failure = away;
    for (; shop.now < eight + hour; shop.now += minute / 2) await look();
    expect(await stateOf(eight)).toBe('claimed');
    shop.failure = null;
    await look(job, 'b');
    expect(shop.channel.map(({ remarks }) => remarks.dueAt)).toEqual(['08:00']);
  });

  test('is skipped after 4 hours', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.failure = away;
    for (; shop.now < eight + 5 * hour; shop.now += 10 * minute) await look();
    expect(await stateOf(eight)).toBe('skipped');
    shop.failure = null;
    shop.now = eight + day;
    await look();
    expect(shop.channel.map(({ remarks }) => remarks.missed)).toEqual([['Mon Nov 23']]);
    expect(shop.adminsTold).toEqual([]);
  });

  test('that no key can read is told to the admins once, not every morning', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.failure = new AppError('key_refused', 'Syncro refused the key.');
    for (const morning of [eight, eight + minute, eight + day, eight + 2 * day]) {
      shop.now = morning;
      await look();
    }
    expect(await stateOf(eight)).toBe('refused');
    expect(shop.adminsTold).toEqual(['key_refused']);
    shop.failure = null;
    shop.now = eight + 3 * day;
    await look();
    expect(shop.channel.at(-1)?.remarks.missed).toEqual(['Mon Nov 23', 'Tue Nov 24', 'Wed Nov 25']);
  });
});

describe('a digest that Slack may have taken', () => {
  const settled = 61_000;

  test('is not looked for before its request can arrive no more', async () => {
    const { shop, look } = await aMorning(eight);
    shop.postings = [{ result: 'unclear', arrives: true }];
    await look();
    shop.now += 59_000;
    await look();
    expect(shop.looked).toBe(0);
  });

  test('is found and not sent again', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.postings = [{ result: 'unclear', arrives: true }];
    await look();
    shop.now += settled;
    await look(job, 'b');
    expect([shop.sent, await stateOf(eight)]).toEqual([1, 'posted']);
    shop.now = eight + day;
    shop.finds = [];
    await look();
    expect(shop.channel.at(-1)?.digest.nothingNew).toBe(true);
  });

  test('is sent again when it is not there', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.postings = [{ result: 'unclear' }];
    await look();
    shop.now += settled;
    await look();
    expect([shop.sent, shop.channel.length, await stateOf(eight)]).toEqual([2, 1, 'posted']);
  });

  test.each([true, false])('is never sent again where nobody may look (arrived: %s)', async (arrives) => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.postings = [{ result: 'unclear', arrives }];
    shop.finds = [{ result: 'unreadable', reason: 'missing_scope' }];
    await look();
    for (shop.now += settled; shop.now < eight + 5 * hour; shop.now += 10 * minute) await look();
    expect([shop.sent, await stateOf(eight)]).toEqual([1, 'unknown']);
    shop.now = eight + day;
    await look();
    // It may be there: nobody says that it is not.
    expect(shop.channel.at(-1)?.remarks.missed).toEqual([]);
  });

  test('is looked for until Slack answers, for 4 hours', async () => {
    const { shop, look, stateOf } = await aMorning(eight);
    shop.postings = [{ result: 'unclear', arrives: true }];
    shop.finds = ['away', 'away'];
    await look();
    shop.now += settled;
    await look();
    expect(await stateOf(eight)).toBe('posting');
    shop.finds = Array(500).fill('away');
    for (; shop.now < eight + 5 * hour; shop.now += 10 * minute) await look();
    expect([shop.sent, await stateOf(eight)]).toEqual([1, 'unknown']);
  });

  test('but certainly did not is sent without looking', async () => {
    const { shop, look } = await aMorning(eight);
    shop.postings = [{ result: 'not_sent' }];
    await look();
    await look();
    expect(shop.sent).toBe(1);
    shop.now += minute;
    await look();
    expect([shop.sent, shop.looked, shop.channel.length]).toEqual([2, 0, 1]);
  });
});

describe('a digest that Slack refuses', () => {
  test('is told to the admins once per reason, and tried again the next time', async () => {
    const { shop, look, stateOf } = await aMorning(friday);
    shop.postings = [
      { result: 'refused', reason: 'not_in_channel' },
      { result: 'refused', reason: 'not_in_channel' },
      { result: 'refused', reason: 'is_archived' },
    ];
    await look();
    await look();
    for (shop.now = monday; shop.now <= monday + 2 * day; shop.now += day) await look();
    expect(shop.adminsTold).toEqual(['not_in_channel', 'is_archived']);
    expect(await stateOf(friday)).toBe('refused');
    expect(shop.channel.map(({ remarks }) => remarks.missed)).toEqual([['Fri Nov 20', 'Mon Nov 23', 'Tue Nov 24']]);
  });
});

describe('a process that stops while it reads', () => {
  test('leaves the digest to the next one at once', async () => {
    const { shop, look } = await aMorning(eight);
    const never = new Promise<never>(() => undefined);
    await look(job, 'a', { caller: () => never, stopped: Promise.resolve() });
    expect(shop.channel).toHaveLength(0);
    await look(job, 'b');
    expect(shop.channel).toHaveLength(1);
  });
});
