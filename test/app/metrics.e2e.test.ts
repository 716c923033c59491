import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
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

type Series = { readonly name: string; readonly labels: Readonly<Record<string, string>> };

const readAllSeries = (text: string): readonly Series[] =>
  [...text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)].map(([, name = '', labels = '']) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value])),
  }));

/** The app's own series, each as it stands in a scrape. */
const ownSeries = (text: string): readonly string[] => text.match(/^syncro_slack_\S+/gm) ?? [];

test('count what happened, and tell nothing of anybody', async () => {
  const world = await start();
  const first = new Set(ownSeries(await scrape(world.port())));
  const howard = world.slack.person('U012HOWARD');
  await bill(howard, 32164);
  await howard.slash('/syncro', 'ticket 99999');
  await howard.message(/No ticket #99999/);
  const { ts: after = '' } = howard.messages().at(-1) ?? {};
  await howard.slash('/syncro', 'frobnicate the invoice');
  await howard.message(/./, { after });
  // Counted when its answer has arrived, a moment later.
  await world.slack.idle();
  // Scrapes of the same second share one reading.
  await sleep(1_000);
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
  // Prometheus' increase() does not see what a series begins with.
  expect(ownSeries(text).filter((series) => !first.has(series))).toEqual([]);
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
const ruleTests = z.object({
  tests: z.array(
    z.looseObject({
      promql_expr_test: z.array(z.looseObject({ exp_samples: z.array(z.looseObject({ labels: z.string() })) })),
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

const MATCHES: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '=~': (value, wanted) => new RegExp(`^(?:${wanted})$`).test(value),
  '!~': (value, wanted) => !new RegExp(`^(?:${wanted})$`).test(value),
};

/** What an expression names and no series has: a metric with these labels, or a label that it groups by. */
const namesWithoutSeries = (expr: string, all: readonly Series[]): readonly string[] => {
  const selectors = [...expr.matchAll(/\b((?:syncro_slack|process|nodejs)_[a-z0-9_]+|up)\b(?:\{([^}]*)\})?/g)];
  const found = selectors.map(([whole, name, matchers = '']) => {
    const wanted = [...matchers.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)]
      // Prometheus' own label.
      .filter(([, label]) => label !== 'job');
    const series = all.filter(
      (each) =>
        each.name === name &&
        wanted.every(([, label = '', how = '', value = '']) => {
          const own = each.labels[label];
          return own !== undefined && MATCHES[how]?.(own, value);
        }),
    );
    return { whole, series };
  });
  const labels = new Set(found.flatMap(({ series }) => series.flatMap((each) => Object.keys(each.labels))));
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
  return [
    ...found.filter(({ series }) => series.length === 0).map(({ whole }) => whole),
    ...grouped.filter((label) => !labels.has(label)).map((label) => `${label} in ${expr}`),
    ...(selectors.length === 0 ? [`no metric in ${expr}`] : []),
  ];
};

describe('the examples in docs/watching', () => {
  test.each([false, true])('name only what a just started app has (Socket Mode: %s)', async (socketMode) => {
    const world = await start({ socketMode });
    const all = [...readAllSeries(await scrape(world.port())), { name: 'up', labels: {} }];
    const expressions = [
      ...alerts.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr)),
    ];
    expect(expressions.length).toBeGreaterThan(30);
    expect(expressions.flatMap((expr) => namesWithoutSeries(expr, all))).toEqual([]);
  });

  const alertNames = alerts.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
  const byName = (a: string, b: string): number => a.localeCompare(b);
  /** What a table of the handbook has a row for. */
  const rowsOf = (pattern: RegExp): readonly string[] =>
    [...handbook.matchAll(pattern)].map(([, name = '']) => name).sort(byName);

  test('the handbook says what to do for each alert', () => {
    expect(alertNames.length).toBeGreaterThan(15);
    expect(rowsOf(/^\| `([A-Z]\w+)` \|/gm)).toEqual([...alertNames].sort(byName));
  });

  test('promtool is shown each alert fire', () => {
    const { tests } = ruleTests.parse(parse(readFileSync('docs/watching/alerts.test.yml', 'utf8')));
    const fired = tests.flatMap(({ promql_expr_test: checks }) =>
      checks.flatMap(({ exp_samples: samples }) =>
        samples.map(({ labels }) => /alertname="(\w+)"/.exec(labels)?.[1] ?? ''),
      ),
    );
    expect([...new Set(fired)].sort(byName)).toEqual([...alertNames].sort(byName));
  });

  test('the handbook has a row for every metric of the app', async () => {
    const world = await start();
    const names = [...(await scrape(world.port())).matchAll(/^# TYPE (syncro_slack_\S+) /gm)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(25);
    expect(rowsOf(/^\| `(syncro_slack_\w+)` \|/gm)).toEqual(names.sort(byName));
  });
});
