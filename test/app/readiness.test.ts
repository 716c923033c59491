import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type ReadinessSources, readinessChecks } from '../../src/app/readiness.ts';
import { holdStill } from '../held-time.ts';

beforeEach(() => holdStill(['setTimeout', 'clearTimeout', 'performance']));
afterEach(() => void jest.useRealTimers());

const sources = (more: Partial<ReadinessSources> = {}): ReadinessSources => ({
  tryToWrite: () => Promise.resolve(),
  newerSchema: () => null,
  syncroHealth: () => ({ downSince: null }),
  askSlack: () => Promise.resolve(null),
  aheadMs: () => 0,
  sockets: () => null,
  ...more,
});

const never = new Promise<never>(() => undefined);

describe('readiness', () => {
  test('names the database, Slack, Syncro, and in Socket Mode the connections', () => {
    expect(Object.keys(readinessChecks(sources()))).toEqual(['database', 'slack', 'syncro']);
    const bySocket = readinessChecks(sources({ sockets: () => ({ open: 0, problem: null }) }));
    expect(Object.keys(bySocket)).toEqual(['database', 'slack', 'syncro', 'sockets']);
  });

  test('asks once, however many probes ask at the same time and soon after', async () => {
    let asked = 0;
    const { slack } = readinessChecks(
      sources({
        askSlack: async () => {
          asked += 1;
          return null;
        },
      }),
    );
    expect(await Promise.all(Array.from({ length: 50 }, async () => slack?.()))).toEqual(Array(50).fill(null));
    jest.advanceTimersByTime(4_999);
    await slack?.();
    expect(asked).toBe(1);
    jest.advanceTimersByTime(1);
    await slack?.();
    expect(asked).toBe(2);
  });

  test('waits two seconds at most, and says so', async () => {
    const { database } = readinessChecks(sources({ tryToWrite: () => never }));
    const checked = database?.();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await checked).toBe('no answer within 2 s');
  });

  test('quotes nothing of a failure: a library’s words may hold addresses', async () => {
    const { slack } = readinessChecks(sources({ askSlack: () => Promise.reject(new Error('GET https://secret')) }));
    expect(await slack?.()).toBe('no answer');
  });

  test('says what is wrong with the connections only when there is none', async () => {
    const status = { open: 1, problem: 'Slack refuses SLACK_APP_TOKEN (invalid_auth).' };
    expect(await readinessChecks(sources({ sockets: () => status })).sockets?.()).toBeNull();
    expect(await readinessChecks(sources({ sockets: () => ({ ...status, open: 0 }) })).sockets?.()).toBe(
      status.problem,
    );
  });
});
