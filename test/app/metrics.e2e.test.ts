import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { bill } from '../features/bill/bill-steps.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

const scrape = async (port: number): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  return response.text();
};

/** The value of one series; `undefined`: there is none. */
const readSeries = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

test('count what happened, and tell nothing of anybody', async () => {
  const world = await start();
  const howard = world.slack.person('U012HOWARD');
  await bill(howard, 32164);
  await howard.slash('/syncro', 'ticket 99999');
  await howard.message(/No ticket #99999/);
  const { ts: after = '' } = howard.messages().at(-1) ?? {};
  await howard.slash('/syncro', 'frobnicate the invoice');
  await howard.message(/./, { after });
  // Counted when its answer has arrived, a moment later.
  await world.slack.idle();
  const text = await scrape(world.port());
  for (const [series, least] of [
    ['syncro_slack_ack_seconds_count{kind="command"}', 3],
    ['syncro_slack_commands_total{command="bill",outcome="ok"}', 1],
    ['syncro_slack_commands_total{command="ticket",outcome="not_found"}', 1],
    ['syncro_slack_commands_total{command="any",outcome="unknown"}', 1],
    ['syncro_slack_failures_told_total{code="not_found"}', 1],
    ['syncro_slack_syncro_requests_total{method="POST",endpoint="tickets/:id/comment",outcome="ok"}', 1],
    ['syncro_slack_syncro_request_seconds_count{method="POST",endpoint="invoices"}', 1],
    ['syncro_slack_limiter_wait_seconds_count{lane="run",outcome="granted"}', 4],
    ['syncro_slack_slack_calls_total{method="views.open",outcome="ok"}', 1],
    ['syncro_slack_writes_total{step="comment",outcome="landed"}', 1],
    ['syncro_slack_runs_ended_total{kind="bill",state="done"}', 1],
    ['syncro_slack_database_up', 1],
    ['syncro_slack_accepting', 1],
    ['syncro_slack_budget_limit', 171],
  ] as const)
    if (!((readSeries(text, series) ?? 0) >= least)) throw new Error(`${series} is ${readSeries(text, series)}`);
  expect(readSeries(text, 'syncro_slack_runs{state="open"}')).toBe(0);
  expect(readSeries(text, 'syncro_slack_budget_left')).toBe(171 - world.syncro.requests.length);
  // No name, no id, no key, nothing that was typed.
  const labels = text.replace(/^(#.*)$|[-\d.e+]+$/gm, '');
  for (const said of ['Howard', 'U012', '32164', '99999', 'sandbox-', 'frobnicate', 'Own cloud', '127.0.0.1'])
    expect(labels).not.toContain(said);
});

test('tell of an unanswered write that was found', async () => {
  const world = await start();
  world.syncro.fault({ kind: 'cut-after', method: 'POST', path: /\/add_line_item$/ });
  await bill(world.slack.person('U012HOWARD'), 32164);
  const text = await scrape(world.port());
  expect(readSeries(text, 'syncro_slack_writes_total{step="line_item",outcome="unclear"}')).toBe(1);
  expect(readSeries(text, 'syncro_slack_writes_cleared_total{step="line_item",how="adopted"}')).toBe(1);
});

test('are read from the database once, however many scrape at the same time', async () => {
  const world = await start();
  const texts = await Promise.all(Array.from({ length: 20 }, () => scrape(world.port())));
  expect(new Set(texts).size).toBe(1);
});

const rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string().min(10), do: z.string().min(20) }),
        }),
      ),
    }),
  ),
});
const panels = z.object({
  title: z.string(),
  panels: z.array(
    z.looseObject({ title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })).optional() }),
  ),
});

const alerts = rules.parse(parse(readFileSync('docs/watching/alerts.yml', 'utf8')));
const dashboard = panels.parse(JSON.parse(readFileSync('docs/watching/dashboard.json', 'utf8')));
const handbook = readFileSync('docs/watching.md', 'utf8');

describe('the examples in docs/watching', () => {
  test('name only metrics that a real scrape has', async () => {
    const world = await start({ socketMode: true });
    const text = await scrape(world.port());
    const known = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
        type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    const used = [
      ...alerts.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr)),
      handbook,
    ].flatMap((words) => words.match(/\b(syncro_slack|process|nodejs)_[a-z0-9_]+/g) ?? []);
    expect(used.length).toBeGreaterThan(30);
    expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([]);
  });

  test('the handbook says what to do for each alert', () => {
    const names = alerts.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !handbook.includes(`\`${name}\``))).toEqual([]);
  });

  test('the handbook has a row for every metric of the app', async () => {
    const world = await start();
    const names = [...(await scrape(world.port())).matchAll(/^# TYPE (syncro_slack_\S+) /gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !handbook.includes(`\`${name}\``))).toEqual([]);
  });
});
