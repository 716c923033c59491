import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/database/sqlite.ts';
import type { SavedLog, SessionLogs } from '../../../src/features/session-logs/session-log-path.ts';
import { writeSessionLog } from '../../../src/features/session-logs/write.ts';
import { createTicketMemory } from '../../../src/features/tickets/store/ticket-memory.ts';
import { timeZoneOf } from '../../../src/shared/time-zone.ts';
import type { AccountLists } from '../../../src/syncro/account-lists.ts';
import type { Comment } from '../../../src/syncro/ticket.ts';
import { aComment, aLineItem, aTicket, howard, jerrysNumber, mike } from '../../runs/rules/a-ticket.ts';
import { aKey, aManualClock } from '../../syncro/scripted-syncro.ts';

type Shop = {
  readonly comments?: readonly Comment[];
  /** What Syncro says of the pages; `null`: nothing, as older versions do. */
  readonly saysPages?: boolean;
  readonly listsFail?: boolean;
  readonly zone?: string | null;
  readonly logs?: SessionLogs | null;
};

const anAuthor = { id: mike.syncroUserId, name: mike.name };

const write = async ({ comments = [], saysPages = true, listsFail = false, zone = 'UTC', logs = null }: Shop) => {
  const ticket = aTicket({ lineItems: [aLineItem({ technicianId: mike.syncroUserId })] });
  const asked: number[] = [];
  const lists: Pick<AccountLists, 'people' | 'timeZone'> = {
    people: (_caller, ids) => Promise.resolve(listsFail ? [] : [anAuthor].filter(({ id }) => ids.includes(id))),
    timeZone: () => Promise.resolve(listsFail ? null : zone && timeZoneOf(zone)),
  };
  const log = await writeSessionLog(
    {
      memory: createTicketMemory(await openSqlite(':memory:')),
      identity: {
        reader: () => Promise.resolve({ key: aKey('k'), lane: 'person' }),
      },
      reads: {
        findTicket: () => Promise.resolve(ticket),
        ticket: () => Promise.resolve(ticket),
        comments: (_caller, _id, { perPage, page = 1 }) => {
          asked.push(page);
          const rows = comments.toReversed().slice((page - 1) * perPage, page * perPage);
          return Promise.resolve({ rows, page, totalPages: saysPages ? Math.ceil(comments.length / perPage) : 1 });
        },
      },
      lists,
      logs,
      readable: (body) => body.replace(/<[^>]+>/g, ''),
      ticketUrl: (id) => `https://x.example/tickets/${id}`,
      clock: aManualClock(),
    },
    howard,
    jerrysNumber,
  );
  return { log, asked };
};

const manyComments = (count: number): readonly Comment[] =>
  Array.from({ length: count }, (_, i) => aComment({ id: i + 1, body: `Comment ${i + 1}.` }));
const told = (text: string): readonly number[] => [...text.matchAll(/^Comment (\d+)\.$/gm)].map(([, i]) => Number(i));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('writing a session log', () => {
  test.each([
    [0, true, [1]],
    [1, true, [1]],
    // One page is also what is told where nothing is.
    [100, true, [1, 2]],
    [250, true, [1, 2, 3]],
    [250, false, [1, 2, 3]],
    [200, false, [1, 2, 3]],
    [500, true, [1, 2, 3, 4, 5]],
  ])('reads %i comments whole (pages told: %s)', async (count, saysPages, pages) => {
    const { log, asked } = await write({ comments: manyComments(count), saysPages });
    expect(told(log.text)).toEqual(upTo(count));
    expect(asked).toEqual(pages);
    expect(log.text).not.toContain('Only the newest');
  });

  test('stops at the newest 500 and says so', async () => {
    const { log } = await write({ comments: manyComments(900) });
    expect(told(log.text)).toEqual(upTo(900).slice(400));
    expect(log.text).toContain('Only the newest 500 comments are here; older ones are in Syncro.');
  });

  test('makes text of HTML', async () => {
    const { log } = await write({ comments: [aComment({ subject: 'Resolution', body: '<p>Done</p>' })] });
    expect(log.text).toContain('## Resolution\n\n```text\nDone\n```');
  });

  test('is of the day that it is at the account’s place', async () => {
    expect((await write({ zone: 'Pacific/Kiritimati' })).log.file).toBe('2026-11-24-32164-own-cloud-thing-again.md');
    expect((await write({ zone: 'America/Phoenix' })).log.file).toMatch(/^2026-11-23-/);
    expect((await write({ zone: 'Arizona' })).log.text).toContain('- Times: America/Phoenix');
    expect((await write({ zone: 'Atlantis' })).log.text).toContain('- Times: UTC');
  });

  test('names technicians, and goes by their numbers when Syncro doesn’t tell', async () => {
    expect((await write({})).log.text).toContain('· Mike Swain ·');
    const { log } = await write({ listsFail: true });
    expect(log.text).toContain('· technician 1735 ·');
    expect(log.text).toContain('- Times: UTC');
  });

  test('keeps it for the customer, or nowhere', async () => {
    const saved: SavedLog = { result: 'written', path: 'x' };
    const calls: unknown[] = [];
    const logs: SessionLogs = {
      save: (place, customerId, text) => {
        calls.push([place.folders[0], customerId, text.length > 0]);
        return Promise.resolve(saved);
      },
    };
    expect((await write({ logs })).log.saved).toBe(saved);
    expect(calls).toEqual([['burger-barn', 9001, true]]);
    expect((await write({})).log.saved).toBeNull();
  });
});
