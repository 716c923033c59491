import { expect, test } from '@jest/globals';
import { readBack } from '../../src/runs/read-back.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { isWrite } from '../../src/runs/rules/step.ts';
import type { Caller, Page } from '../../src/syncro/ports.ts';
import { ticketId } from '../../src/syncro/ticket.ts';
import type { Write } from '../../src/syncro/write.ts';
import { aKey, aManualClock, aScriptedSyncro } from '../syncro/scripted-syncro.ts';
import { aCreateRun } from './rules/a-create-run.ts';
import { aRun } from './rules/a-run.ts';
import { aComment, aTicket, hour, noon } from './rules/a-ticket.ts';

const caller: Caller = { key: aKey('howards-key'), lane: 'run' };

/** In pages of ten, whatever was asked for: this Syncro knows no `per_page`, no order and no filter. */
const inPages = <T>(rows: readonly T[], page = 1): Promise<Page<T>> =>
  Promise.resolve({ rows: rows.slice((page - 1) * 10, page * 10), page, totalPages: Math.ceil(rows.length / 10) });

const firstWrite = (run: Run): Write => {
  const write = run.steps.map(({ action }) => action).find(isWrite);
  if (!write) throw new Error('no write');
  return write;
};

const read = (run: Run) => {
  const older = { createdAt: noon - hour };
  const comments = Array.from({ length: 35 }, (_, i) => aComment({ id: i + 1, ...older }));
  const tickets = Array.from({ length: 35 }, (_, i) => ({ ...aTicket(older), id: ticketId(1_000 + i) }));
  return readBack(
    {
      ...aScriptedSyncro(aManualClock()).reads,
      comments: (_caller, _id, { page }) => inPages([...comments, aComment({ id: 99, createdAt: noon })], page),
      tickets: (_caller, { page }) => inPages([...tickets, aTicket({ createdAt: noon })], page),
    },
    caller,
    run,
    firstWrite(run),
  );
};

test('a comment that Syncro tells last is read', async () => {
  expect((await read(aRun())).comments?.map(({ id }) => id)).toContain(99);
});

test('a new ticket that Syncro tells last is read', async () => {
  expect((await read(aCreateRun())).tickets?.map(({ createdAt }) => createdAt)).toContain(noon);
});
