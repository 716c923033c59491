import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { QUICK_START } from '../../bundle/quick-start.ts';

const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-bench-test-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const run = (...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> => {
  const env = { ...process.env, ...QUICK_START };
  const child = spawn(resolve('node_modules/.bin/node'), ['bench/run.ts', ...args], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.once('exit', (code) => done({ code, output })));
};

const counted = z.object({ requests: z.array(z.string()), missing: z.array(z.string()), beyond: z.array(z.string()) });
const results = z.object({
  results: z.array(
    z.object({
      bench: z.string(),
      rows: z.array(z.object({ what: z.string(), ours: z.number(), floor: z.number().nullable() })),
      details: z.unknown(),
    }),
  ),
});
const details = z.record(z.string(), z.object({ cold: counted, warm: counted }));

test('the bench runs, prints a table, and writes down each request of a card and of a bill by name', async () => {
  const out = join(dir, 'results.json');
  const { code, output } = await run('--quick', '--only', 'requests', '--only', 'start', '--out', out);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('bill, warm') });
  const [requests, start] = results.parse(JSON.parse(readFileSync(out, 'utf8'))).results;
  // The app and its floor, a bare Bolt app, each came up.
  expect(start?.rows.map(({ ours, floor }) => ours > 0 && floor !== null && floor > 0)).toEqual([true, true, true]);
  const counts = details.parse(requests?.details);
  expect(counts.ticket?.warm.requests.toSorted()).toEqual([
    'GET /tickets/{id}',
    'GET /tickets/{id}/comments?sort_by&sort_direction',
  ]);
  const { bill, charge } = counts;
  expect(bill?.warm.requests.slice(-6)).toEqual([
    'GET /invoices?ticket_id',
    'POST /tickets/{id}/comment',
    'POST /tickets/{id}/add_line_item',
    'POST /invoices',
    'GET /invoices/{id}',
    'PUT /tickets/{id}',
  ]);
  // What protects money, and nothing else, is asked beyond the fewest; and for minutes, who would invoice it later.
  expect(bill?.warm.beyond.toSorted()).toEqual(['GET /invoices?ticket_id', 'GET /schedules?customer_id']);
  expect(charge?.warm.beyond).toEqual([]);
  for (const both of Object.values(counts)) expect([both.cold.missing, both.warm.missing]).toEqual([[], []]);
  expect(requests?.rows.find(({ what }) => what === 'bill, warm')).toMatchObject({ ours: 9, floor: 7 });
  expect(requests?.rows.find(({ what }) => what === 'charge, warm')).toMatchObject({ ours: 6, floor: 6 });
});

test('a bench that there is not is said so, with those that there are', async () => {
  const { code, output } = await run('--only', 'everything');
  expect(code).toBe(1);
  for (const name of ['no bench called everything', 'requests', 'bill', 'ack', 'start', 'morning', 'digest'])
    expect(output).toContain(name);
});
