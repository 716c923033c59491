import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OLD_ROWS } from '../../src/app/store.ts';
import { oldDigestPosts } from '../../src/features/digests/store/digests.ts';
import { oldSettledTickets } from '../../src/features/tickets/store/settled-tickets.ts';
import { oldTimers } from '../../src/features/time/store/timers.ts';
import { createRuns, oldRuns } from '../../src/runs/store/runs.ts';
import { minute, noon } from '../runs/rules/a-ticket.ts';
import { aRunOn, eachTest, type NewStore, prune } from './contract.ts';

const DAY = 24 * 60 * minute;

/** What goes after its time, and what stays, whatever the engine. */
export const pruningsContract = (newStore: NewStore): void => {
  describe('what is kept for a time', () => {
    const { open } = eachTest(newStore);
    test('of the journal: only what has ended, was shown and is old goes, a batch at a time', async () => {
      const db = await open();
      const runs = createRuns(db);
      const old = { state: 'done', finishedAt: noon - 401 * DAY } as const;
      await runs.add(aRunOn(1, old));
      await runs.add(aRunOn(2, { ...old, state: 'stopped' }));
      await runs.add(aRunOn(3, { ...old, finishedAt: noon - 399 * DAY }));
      await runs.add(aRunOn(4, { createdAt: noon - 500 * DAY }));
      await db.updateTable('runs').set({ shown_version: 1 }).execute();
      await runs.add(aRunOn(5, old));
      expect(await prune(db, oldRuns, noon, 1)).toBe(1);
      expect(await prune(db, oldRuns, noon)).toBe(1);
      expect(await prune(db, oldRuns, noon)).toBe(0);
      const left = await db.selectFrom('runs').select('id').orderBy('id').execute();
      expect(left.map(({ id }) => id)).toEqual(['run-3', 'run-4', 'run-5']);
    });

    test('of the timers: one that runs or whose minutes are still to be billed stays for ever', async () => {
      const db = await open();
      const at = noon - 401 * DAY;
      const row = { ticket_id: 1, ticket_number: 1, subject: '', customer_name: '', started_at: at };
      const ends = [
        { id: 'running', stopped_at: null, settled_at: null, discarded_at: null },
        { id: 'stopped', stopped_at: at, settled_at: null, discarded_at: null },
        { id: 'settled', stopped_at: at, settled_at: at, discarded_at: null },
        { id: 'discarded', stopped_at: at, settled_at: null, discarded_at: at },
        { id: 'recent', stopped_at: at, settled_at: noon, discarded_at: null },
      ];
      for (const end of ends)
        await db
          .insertInto('timers')
          .values({ ...row, technician: end.id, ...end })
          .execute();
      expect(await prune(db, oldTimers, noon)).toBe(2);
      const left = await db.selectFrom('timers').select('id').orderBy('id').execute();
      expect(left.map(({ id }) => id)).toEqual(['recent', 'running', 'stopped']);
    });

    test('of the digests and of the tickets with nothing to invoice: what is old', async () => {
      const db = await open();
      for (const slot of [noon - 401 * DAY, noon])
        await db.insertInto('digest_posts').values({ job: 'j', slot, channel: 'C', state: 'posted' }).execute();
      for (const [id, days] of [
        [1, 91],
        [2, 89],
      ] as const)
        await db
          .insertInto('settled_tickets')
          .values({ ticket_id: id, updated_at: noon - days * DAY })
          .execute();
      expect(await prune(db, oldDigestPosts, noon)).toBe(1);
      expect(await prune(db, oldSettledTickets, noon)).toBe(1);
      expect(await db.selectFrom('digest_posts').select('slot').execute()).toEqual([{ slot: noon }]);
      expect(await db.selectFrom('settled_tickets').select('ticket_id').execute()).toEqual([{ ticket_id: 2 }]);
    });

    const written = (): string => {
      const text = readFileSync('docs/how-it-works.md', 'utf8');
      const [, rest = ''] = text.split('\n## What is kept, and how long\n');
      const [section = ''] = rest.split('\n## ');
      return section;
    };

    test('is deleted of every table of which that is written down, and of no other', () => {
      const going = written()
        .split('\n')
        .filter((row) => /\| .*\bgo (after|\d+ days after) /.test(row))
        .flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));
      expect(new Set(going)).toEqual(new Set<string>(OLD_ROWS.map(({ table }) => table)));
    });

    test('is written down for every table there is', async () => {
      const db = await open();
      const section = written();
      const tables = (await db.introspection.getTables()).map(({ name }) => name);
      expect(tables).toContain('runs');
      const listed = [...section.matchAll(/`(\w+)`/g)].flatMap(([, name]) => name ?? []);
      // A full-text index of SQLite's brings tables of its own, named after it.
      const isListed = (name: string): boolean => listed.some((one) => name === one || name.startsWith(`${one}_`));
      expect(tables.filter((name) => !isListed(name))).toEqual([]);
    });
  });
};
