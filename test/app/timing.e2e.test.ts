import { describe, expect, test } from '@jest/globals';
import type { ActResult } from '../../sandbox/slack/slack.ts';
import type { World } from '../../sandbox/world.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT, startBilling } from '../features/bill/bill-steps.ts';
import { howardOf } from '../world/people.ts';
import { quickConfig, useWorld } from '../world/use-world.ts';

const start = useWorld();
/** Syncro answers long after everybody's patience. */
const SLOW_MS = 10_000;
const config = quickConfig({ timeout: 20, settle: 60 });

/** Acts; the ack and something to look at must come within Slack's and people's 3 seconds. */
const quick = async (world: World, what: string, act: () => Promise<ActResult>): Promise<void> => {
  let seen: number | null = null;
  const began = performance.now();
  const stop = world.slack.onChange(() => {
    if (shown() !== before) seen ??= performance.now() - began;
  });
  const howard = howardOf(world);
  const shown = (): string =>
    [
      ...howard.messages().map(({ text }) => text),
      ...(world.slack.workspace.stacks.get(howard.id) ?? []).map(({ id, hash }) => `${id} ${hash}`),
    ].join('\n');
  const before = shown();
  const { ackMs, timedOut } = await act();
  await world.slack.until(() => seen !== null, 3000).catch(() => undefined);
  stop();
  expect({ what, timedOut, ackInTime: ackMs < 3000, seenInTime: seen !== null && seen < 3000 }).toEqual({
    what,
    timedOut: false,
    ackInTime: true,
    seenInTime: true,
  });
};

describe('with a Syncro that takes 10 seconds', () => {
  const slow = async (prepare: (world: World) => Promise<unknown> = () => Promise.resolve()) => {
    const world = await start({ config });
    const prepared = await prepare(world);
    world.syncro.setLatency(SLOW_MS);
    return { world, prepared };
  };

  test('every command is acknowledged and answered with something at once', async () => {
    const { world } = await slow();
    const texts = [
      'help',
      'nonsense',
      '',
      'ticket 32164',
      'search cloud',
      'customers burger',
      'bill 32164',
      'create',
      'create Acme West x',
    ];
    await Promise.all(texts.slice(0, 2).map((text) => howardOf(world).slash('/syncro', text)));
    for (const text of texts) await quick(world, `/syncro ${text}`, () => howardOf(world).slash('/syncro', text));
    world.syncro.down(true);
  });

  test.each(['Bill', 'Share'])('the button %s of a card too', async (name) => {
    const { world } = await slow(async (each) => {
      await howardOf(each).slash('/syncro', 'ticket 32164');
      await howardOf(each).message(/Own cloud thing again/);
    });
    const card = await howardOf(world).message(/Own cloud thing again/);
    await quick(world, name, () => card.click(name));
    world.syncro.down(true);
  });

  test('the menus and buttons of a list too', async () => {
    const { world } = await slow(async (each) => {
      await howardOf(each).slash('/syncro', 'search acme');
      await howardOf(each).message(/for "acme"/);
    });
    const list = await howardOf(world).message(/for "acme"/);
    await quick(world, 'Open a ticket', () => list.choose('Open a ticket', '#32150'));
    await quick(world, 'Only open', () => list.click('Only open'));
    world.syncro.down(true);
  });

  test('the buttons of the summary too', async () => {
    const { world } = await slow(async (each) => {
      await howardOf(each).slash('/syncro');
      await howardOf(each).message(/Your open tickets/);
    });
    const summary = await howardOf(world).message(/Your open tickets/);
    await quick(world, 'Search', () => summary.click('Search'));
    const form = await howardOf(world).modal('Search tickets');
    await form.type('Words', 'cloud');
    await quick(world, 'Search tickets', () => form.submit('Search'));
    await form.closeAll();
    await quick(world, 'Show', () => summary.click('Show'));
    await quick(world, 'Show team', () => summary.click('Show team'));
    world.syncro.down(true);
  });

  test('Preview, Back and Bill too', async () => {
    const { world } = await slow();
    const howard = howardOf(world);
    world.syncro.setLatency(0);
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    world.syncro.setLatency(SLOW_MS);
    await quick(world, 'Preview', () => form.submit('Preview'));
    const preview = await howard.modal('Check and bill');
    await quick(world, 'Back', () => preview.click('Back'));
    await quick(world, 'Preview again', () => form.submit('Preview'));
    await (await howard.modal('Check and bill')).closeAll();
    world.syncro.setLatency(0);
    const last = await previewBill(howard, 32163);
    world.syncro.setLatency(SLOW_MS);
    await quick(world, 'Bill', () => last.submit(/^Bill /));
    world.syncro.down(true);
  });

  test.each(['Stop', 'Yes, go on', 'No, send again'])('the button %s of a waiting bill too', async (name) => {
    const { world } = await slow(async (each) => {
      each.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
      await startBilling(howardOf(each), 32164);
      await howardOf(each).message(/Last look/);
    });
    const waiting = await howardOf(world).message(/Last look/);
    await quick(world, name, () => waiting.click(name));
    world.syncro.down(true);
  });

  test('a menu’s answer comes beside the list, which stays', async () => {
    const { world } = await slow(async (each) => {
      await howardOf(each).slash('/syncro', 'search acme');
      await howardOf(each).message(/for "acme"/);
    });
    world.syncro.setLatency(900);
    const list = await howardOf(world).message(/for "acme"/);
    await list.choose('Open a ticket', '#32150');
    await howardOf(world).message(/Customer Reply · 2 Normal/, { timeoutMs: 8000 });
    expect(list.text).toContain('tickets for "acme"');
  });
});

test('acknowledges in a few milliseconds', async () => {
  const world = await start({ syncro: { latencyMs: 20, requestsPerMinute: 0 } });
  for (let i = 0; i < 20; i++) {
    await howardOf(world).slash('/syncro', 'help');
    await howardOf(world).slash('/syncro', 'ticket 32164');
  }
  const sorted = world.slack.acks.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  console.log(`median ack ${median.toFixed(1)} ms, slowest ${sorted.at(-1)?.toFixed(1)} ms of ${sorted.length}`);
  expect(sorted).toHaveLength(40);
  expect(median).toBeLessThan(100);
});
