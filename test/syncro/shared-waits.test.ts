import { expect, test } from '@jest/globals';
import { AppError } from '../../src/shared/errors.ts';
import { systemClock } from '../../src/shared/system.ts';
import type { Caller } from '../../src/syncro/ports.ts';
import { createHealth, createReader, type Gate } from '../../src/syncro/reader.ts';

/** Reads wait until they are let go. */
const aReader = (sharesTickets: boolean) => {
  const waiting: Array<() => void> = [];
  const sent: string[] = [];
  const refused = new Set<string>();
  const gate: Gate = {
    client: {
      send: (key, { path }) => {
        sent.push(`${key.reveal()} ${path}`);
        const status = refused.has(key.reveal()) ? 401 : 200;
        return Promise.resolve({ kind: 'answer', status, text: '{}', retryAfter: undefined } as never);
      },
      close: () => undefined,
    },
    limiter: {
      acquire: () => new Promise<void>((go) => void waiting.push(go)),
      isFull: () => false,
      close: () => undefined,
    },
    budget: { take: () => 0, pauseUntil: () => undefined },
    health: createHealth(systemClock),
    clock: systemClock,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    random: () => 0,
    timeoutMs: 1_000,
    sharesTickets,
    onKeyRefused: () => undefined,
  };
  const letGo = async () => {
    while (waiting.length > 0) {
      for (const go of waiting.splice(0)) go();
      await systemClock.sleep(1);
    }
  };
  return { read: createReader(gate), waiting, sent, refused, letGo };
};

const patiently = (name: string): Caller => ({ key: { reveal: () => name }, lane: 'person', patient: true });

test('what several wait for is read once, where the index shows it to all of them anyway', async () => {
  const { read, sent, letGo } = aReader(true);
  const all = ['tickets', 'tickets/7/comments', 'tickets/7', 'customers/3'] as const;
  const answers = ['howard', 'winter', 'howard'].flatMap((who) =>
    all.map((path) => read(patiently(who), path, {}, 'it')),
  );
  await letGo();
  await Promise.all(answers);
  expect(sent.toSorted()).toEqual([
    'howard customers/3',
    'howard tickets',
    'howard tickets/7',
    'howard tickets/7/comments',
    'winter customers/3',
    'winter tickets/7',
  ]);
});

test('without the index everybody reads with their own key, and forms and runs always read for themselves', async () => {
  const { read, sent, letGo } = aReader(false);
  const form: Caller = { key: { reveal: () => 'howard' }, lane: 'person' };
  const answers = [patiently('howard'), patiently('winter'), form, form].map((who) => read(who, 'tickets', {}, 'it'));
  await letGo();
  await Promise.all(answers);
  expect(sent.toSorted()).toEqual(['howard tickets', 'howard tickets', 'howard tickets', 'winter tickets']);
});

test('what was sent already is not shared: it may be older than the question', async () => {
  const { read, sent, waiting } = aReader(true);
  const first = read(patiently('howard'), 'tickets', {}, 'it');
  waiting.splice(0)[0]?.();
  await Promise.resolve();
  await Promise.resolve();
  const second = read(patiently('winter'), 'tickets', {}, 'it');
  await first;
  waiting.splice(0)[0]?.();
  await second;
  expect(sent).toEqual(['howard tickets', 'winter tickets']);
});

test('somebody else’s refused key is theirs alone', async () => {
  const { read, refused, sent, letGo } = aReader(true);
  refused.add('howard');
  const first = read(patiently('howard'), 'tickets', {}, 'it').catch((error: unknown) => error);
  const second = read(patiently('winter'), 'tickets', {}, 'it');
  await letGo();
  await letGo();
  expect(await first).toBeInstanceOf(AppError);
  await letGo();
  await expect(second).resolves.toEqual({});
  expect(sent).toContain('winter tickets');
});
