import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import type { DueLine, LateBoard } from '../../../src/features/later/ports.ts';
import { createPromises } from '../../../src/features/later/store/promises.ts';
import { type TellLateDeps, tellLate } from '../../../src/features/later/tell-late.ts';
import type { BillRun } from '../../../src/runs/rules/run.ts';
import type { FoundPost, Posting } from '../../../src/shared/posting.ts';
import type { Technician } from '../../../src/shared/technician.ts';
import { doneCharge } from '../../runs/rules/a-charge.ts';
import { howard, mike, minute, noon } from '../../runs/rules/a-ticket.ts';

const biller: Technician = { ...mike, role: 'biller' };

/** Lines that are on no invoice, the people who are to hear of them, and processes that tell them. */
const anInbox = async (runs: readonly BillRun[] = [doneCharge()]) => {
  const inbox = {
    now: noon,
    sent: [] as string[],
    /** By run: who was to read of it. */
    about: runs.map(() => [] as string[]),
    /** Who has the message. */
    has: new Set<string>(),
    /** What the next sendings come to; then they are posted. `arrives`: it is there all the same. */
    postings: [] as Array<Posting & { readonly arrives?: boolean }>,
    finds: [] as Array<FoundPost | 'away'>,
  };
  const board: LateBoard = {
    tell: ({ slackUser }, late) => {
      inbox.sent.push(slackUser);
      for (const { run } of late) inbox.about[runs.indexOf(run)]?.push(slackUser);
      const { arrives, ...posting } = inbox.postings.shift() ?? { result: 'posted', ts: '1' };
      if (posting.result === 'posted' || arrives) inbox.has.add(slackUser);
      return Promise.resolve(posting);
    },
    find: ({ slackUser }) => {
      const ordered = inbox.finds.shift();
      if (ordered === 'away') return Promise.reject(new Error('Slack is away'));
      return Promise.resolve(
        ordered ?? (inbox.has.has(slackUser) ? { result: 'found', ts: '1' } : { result: 'absent' }),
      );
    },
  };
  const promises = createPromises(await openSqlite(':memory:'));
  for (const { id: runId, ticket } of runs)
    await promises.add({
      ...{ runId, customerId: ticket.customerId, ticketId: ticket.id },
      ...{ lineId: 900, day: '2026-12-01', lookAt: noon },
    });
  const silent = () => undefined;
  /** Takes the lines, as whoever looks after the last one's lease ended, and tells. */
  const tell = async (owner = 'a', more: Partial<TellLateDeps> = {}) => {
    inbox.now += 2 * minute;
    return tellWith(owner, await promises.claim(owner, inbox.now, minute, 10), more);
  };
  const tellWith = (owner: string, lines: readonly DueLine[], more: Partial<TellLateDeps> = {}) =>
    tellLate(
      {
        ...{ promises, board, owner, technicians: [howard, biller] },
        clock: { now: () => inbox.now, sleep: () => Promise.resolve() },
        log: { debug: silent, info: silent, warn: silent, error: silent },
        ...more,
      },
      runs.map((run) => {
        const line = lines.find(({ runId }) => runId === run.id);
        if (!line) throw new Error('the line is held');
        return { line, run, what: 'late' };
      }),
    );
  return { inbox, promises, tell, tellWith };
};

const both = [howard.slackUser, biller.slackUser];

describe('a line on no invoice', () => {
  test('is told to who charged it and to the biller, and to a biller who charged it once', async () => {
    const { inbox, tell } = await anInbox();
    expect(await tell()).toBe('settled');
    expect(inbox.sent).toEqual(both);
    const alone = await anInbox();
    expect(await alone.tell('a', { technicians: [{ ...howard, role: 'biller' }] })).toBe('settled');
    expect(alone.inbox.sent).toEqual([howard.slackUser]);
  });

  test('is told to nobody else who charged', async () => {
    const lea: Technician = { ...howard, slackUser: 'U056LEA' };
    const run = doneCharge();
    const { inbox, tell } = await anInbox([run, { ...run, id: 'run-2', technician: lea }]);
    expect(await tell()).toBe('settled');
    expect(inbox.about).toEqual([both, [lea.slackUser, biller.slackUser]]);
  });

  test('is told nobody twice, whoever looks next', async () => {
    const { inbox, tell } = await anInbox();
    await tell('a');
    expect(await tell('b')).toBe('settled');
    expect(inbox.sent).toEqual(both);
  });

  test.each([
    ['arrived although nobody heard so', { result: 'unclear', arrives: true } as const, both],
    ['did not arrive', { result: 'unclear' } as const, [howard.slackUser, biller.slackUser, howard.slackUser]],
    ['was not taken for the moment', { result: 'not_sent' } as const, [...both, howard.slackUser]],
  ])('whose message %s is looked for before it is sent again', async (_what, posting, sent) => {
    const { inbox, tell } = await anInbox();
    inbox.postings.push(posting);
    expect(await tell('a')).toBe('later');
    expect(await tell('b')).toBe('settled');
    expect(inbox.sent).toEqual(sent);
    expect([...inbox.has].sort()).toEqual([...both].sort());
  });

  test('is not told again where nobody can look, or Slack refuses it', async () => {
    const { inbox, tell } = await anInbox();
    inbox.postings.push({ result: 'unclear' }, { result: 'refused', reason: 'channel_not_found' });
    expect(await tell()).toBe('later');
    inbox.finds.push('away');
    expect(await tell()).toBe('later');
    inbox.finds.push({ result: 'unreadable', reason: 'missing_scope' });
    expect(await tell()).toBe('settled');
    expect(await tell()).toBe('settled');
    expect(inbox.sent).toEqual(both);
  });

  test('is told by nobody whose lease has ended', async () => {
    const { inbox, promises, tellWith } = await anInbox();
    const lines = await promises.claim('a', noon, minute, 10);
    inbox.now = noon + minute;
    expect(await tellWith('a', lines)).toBe('lost');
    expect(inbox.sent).toEqual([]);
  });

  test('is sent by nobody who slept between noting that it is told and telling it', async () => {
    const { inbox, promises, tell } = await anInbox();
    const noteTold: typeof promises.noteTold = async (...noted) => {
      const isNoted = await promises.noteTold(...noted);
      inbox.now += minute / 6;
      return isNoted;
    };
    expect(await tell('a', { promises: { noteTold } })).toBe('later');
    expect(inbox.sent).toEqual([]);
    expect(await tell('b')).toBe('settled');
    expect(inbox.sent).toEqual(both);
  });
});
