import { describe, expect, test } from '@jest/globals';
import type { AuditEntry, BillRun } from '../../../src/runs/rules/run.ts';
import { createAudit, firstBroken } from '../../../src/runs/store/audit.ts';
import { eachTest, type NewStore } from '../../database/contract.ts';
import { aRun, PURPOSES } from '../rules/a-run.ts';
import { jerrysNumber, noon } from '../rules/a-ticket.ts';

const entry = (n: number): AuditEntry => ({
  n,
  at: noon + n,
  what: 'comment',
  outcome: 'confirmed',
  recordId: 100 + n,
});
const audited = (id: string, count: number): BillRun =>
  aRun({ id, formId: id, audit: Array.from({ length: count }, (_, n) => entry(n)) });

/** The audit, whatever the engine. */
export const auditContract = (newStore: NewStore): void => {
  describe('the audit', () => {
    const { open } = eachTest(newStore);

    test('keeps each entry of a run once, however often it is handed over', async () => {
      const audit = createAudit(await open());
      await audit.append(audited('a', 1));
      await audit.append(audited('a', 3));
      await audit.append(audited('a', 3));
      const rows = await audit.all();
      expect(rows.map(({ seq, n }) => [seq, n])).toEqual([
        [1, 0],
        [2, 1],
        [3, 2],
      ]);
      expect(rows[0]).toMatchObject({
        slackUser: 'U012HOWARD',
        syncroUserId: 1750,
        what: 'comment',
        outcome: 'confirmed',
        ticketNumber: jerrysNumber,
        recordId: 100,
        ref: 'K7Q2MX',
      });
    });

    test('says beside each write what the run notes of it, and the chain holds it', async () => {
      const audit = createAudit(await open());
      await audit.append({ ...audited('a', 1), note: 'billed as remote: "Gold" would price it at $90.00' });
      const rows = await audit.all();
      expect(rows.map(({ what }) => what)).toEqual(['comment: billed as remote: "Gold" would price it at $90.00']);
      expect(firstBroken(rows)).toBeNull();
      expect(firstBroken(rows.map((row) => ({ ...row, what: 'comment' })))).toBe(1);
    });

    test('is one chain also when two processes write at the same time', async () => {
      const [one, other] = [createAudit(await open()), createAudit(await open())];
      const runs = Array.from({ length: 12 }, (_, i) => audited(`run-${i}`, 3));
      await Promise.all(runs.map((run, i) => (i % 2 ? one : other).append(run)));
      const rows = await one.all();
      expect(rows).toHaveLength(36);
      expect(firstBroken(rows)).toBeNull();
    });

    test('shows a row that was changed, taken out of the middle, or put in', async () => {
      const db = await open();
      const audit = createAudit(db);
      await audit.append(audited('a', 4));
      const rows = await audit.all();
      expect(firstBroken(rows)).toBeNull();
      await db.updateTable('audit').set({ technician: 'Somebody Else' }).where('seq', '=', 2).execute();
      expect(firstBroken(await audit.all())).toBe(2);
      expect(firstBroken(rows.toSpliced(1, 1))).toBe(2);
      expect(firstBroken([...rows, ...rows.slice(-1)])).toBe(5);
    });

    test('of a ticket is the newest first, and only its own', async () => {
      const audit = createAudit(await open());
      await audit.append(audited('a', 2));
      const other = audited('b', 1);
      await audit.append({ ...other, ...PURPOSES.create });
      expect((await audit.ofTicket(jerrysNumber, 10)).map(({ n }) => n)).toEqual([1, 0]);
      expect(await audit.ofTicket(jerrysNumber, 1)).toHaveLength(1);
    });

    test('of a ticket that was made from here holds also what was noted before it had a number', async () => {
      const audit = createAudit(await open());
      const made = audited('a', 2);
      await audit.append({ ...audited('a', 1), ...PURPOSES.create });
      await audit.append(made);
      await audit.append({ ...audited('b', 1), ...PURPOSES.create });
      expect((await audit.ofTicket(jerrysNumber, 10)).map(({ n, ticketNumber }) => [n, ticketNumber])).toEqual([
        [1, jerrysNumber],
        [0, null],
      ]);
    });
  });
};
