import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import type { ReplyBoard } from '../../../src/features/replies/ports.ts';
import { createToldReplies } from '../../../src/features/replies/store/told-replies.ts';
import { type TellReplyDeps, tellReply } from '../../../src/features/replies/tell-reply.ts';
import type { FoundPost, Posting } from '../../../src/shared/posting.ts';
import type { CustomerReply } from '../../../src/syncro/customer-reply.ts';
import { ticketId, ticketNumber } from '../../../src/syncro/ticket.ts';
import { howard, minute, noon } from '../../runs/rules/a-ticket.ts';

const reply: CustomerReply = {
  commentId: 7,
  body: 'It stopped again.',
  at: noon,
  ticket: { id: ticketId(1), number: ticketNumber(32164), subject: 'Cloud', customerName: 'Jerry Burger' },
};

/** Howard's direct messages, and processes that tell him. */
const anInbox = async () => {
  const inbox = {
    now: noon,
    messages: 0,
    sent: 0,
    looked: 0,
    /** What the next sendings come to; then they are posted. `arrives`: it is there all the same. */
    postings: [] as Array<Posting & { readonly arrives?: boolean }>,
    finds: [] as Array<FoundPost | 'away'>,
  };
  const board: ReplyBoard = {
    tell: () => {
      inbox.sent += 1;
      const { arrives, ...posting } = inbox.postings.shift() ?? { result: 'posted', ts: '1' };
      if (posting.result === 'posted' || arrives) inbox.messages += 1;
      return Promise.resolve(posting);
    },
    find: () => {
      inbox.looked += 1;
      const ordered = inbox.finds.shift();
      if (ordered === 'away') return Promise.reject(new Error('Slack is away'));
      return Promise.resolve(ordered ?? (inbox.messages > 0 ? { result: 'found', ts: '1' } : { result: 'absent' }));
    },
  };
  const told = createToldReplies(await openSqlite(':memory:'));
  const silent = () => undefined;
  const tell = (owner = 'a', more: Partial<TellReplyDeps> = {}) =>
    tellReply(
      {
        told,
        board,
        clock: { now: () => inbox.now, sleep: () => Promise.resolve() },
        log: { debug: silent, info: silent, warn: silent, error: silent },
        owner,
        ...more,
      },
      howard,
      reply,
    );
  return { inbox, told, board, tell };
};

describe('a reply', () => {
  test('is told once, however many tell it', async () => {
    const { inbox, tell } = await anInbox();
    await Promise.all([tell('a'), tell('b'), tell('c')]);
    inbox.now += 10 * minute;
    expect(await tell('b')).toBe('settled');
    expect(inbox.sent).toBe(1);
  });

  test('that Slack refuses is not tried again', async () => {
    const { inbox, told, tell } = await anInbox();
    inbox.postings = [{ result: 'refused', reason: 'user_disabled' }];
    expect([await tell(), await tell('b'), inbox.sent]).toEqual(['settled', 'settled', 1]);
    expect(await told.get(7)).toBe('refused');
  });

  test('that certainly never left is told the next time, without looking', async () => {
    const { inbox, tell } = await anInbox();
    inbox.postings = [{ result: 'not_sent' }];
    expect([await tell(), await tell('b')]).toEqual(['later', 'settled']);
    expect([inbox.sent, inbox.looked, inbox.messages]).toEqual([2, 0, 1]);
  });

  test.each([
    ['found, it is not told again', true, [], [1, 1, 'told']],
    ['not there, it is told', false, [], [2, 1, 'told']],
    ['not to be looked for, it is not told again', false, [{ result: 'unreadable', reason: 'x' }], [1, 0, 'unknown']],
  ] as const)('that was perhaps told: %s', async (_what, arrives, finds, expected) => {
    const { inbox, told, tell } = await anInbox();
    inbox.postings = [{ result: 'unclear', arrives }];
    inbox.finds = [...finds];
    expect(await tell()).toBe('later');
    inbox.now += 45_000 - 1;
    // Its request may still arrive.
    expect([await tell('b'), inbox.looked]).toEqual(['later', 0]);
    inbox.now += 1;
    expect(await tell('b')).toBe('settled');
    expect([inbox.sent, inbox.messages, await told.get(7)]).toEqual(expected);
  });

  test('is looked for until Slack answers', async () => {
    const { inbox, tell } = await anInbox();
    inbox.postings = [{ result: 'unclear', arrives: true }];
    inbox.finds = ['away', 'away'];
    for (let i = 0; i < 4; i++, inbox.now += 2 * minute) await tell();
    expect([inbox.sent, inbox.looked, inbox.messages]).toEqual([1, 3, 1]);
  });

  test('of a process that slept is not told by it when another has told it', async () => {
    const { inbox, told, tell } = await anInbox();
    const sleepy: typeof told = {
      ...told,
      renew: async (...args) => {
        const kept = await told.renew(...args);
        // Stopped here, past its lease; another process goes on meanwhile.
        inbox.now += 2 * minute;
        await tell('b');
        return kept;
      },
    };
    expect(await tell('a', { told: sleepy })).toBe('later');
    expect([inbox.sent, inbox.messages]).toEqual([1, 1]);
    expect(await tell('a')).toBe('settled');
  });
});
