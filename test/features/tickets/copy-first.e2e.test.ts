import { expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import type { Every } from '../../../src/shared/system.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber } from './ticket-effects.ts';

const start = useWorld();

const COPIES_EVERY_MS = 2_000;
/** Only the copying: everything else a hundred times as often would make a minute thousands of turns long. */
const quickly: Every = (ms, task) => {
  const timer = setInterval(task, ms === COPIES_EVERY_MS ? 20 : ms);
  return () => clearInterval(timer);
};

/** With everything copied, and from then on a Syncro that takes its time. */
const slowSyncro = async (): Promise<World> => {
  const world = await start({ warm: true, shop: { index: true, timeout: 20 }, time: { every: quickly } });
  const { requests, state } = world.syncro;
  const read = () => new Set(requests.filter(({ path }) => path.includes('comments')).map(({ path }) => path)).size;
  await world.slack.until(() => read() === state.tickets.length, 60_000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  world.syncro.setLatency(4_000);
  return world;
};

const said = (world: World): readonly string[] =>
  howardOf(world)
    .messages()
    .map(({ text }) => text);

test('a card is shown of the copy at once, without what is charged, and then as it is in Syncro', async () => {
  const world = await slowSyncro();
  await howardOf(world).slash('/syncro', 'ticket 32164');
  const copy = await howardOf(world).message(/#32164 Own cloud thing again(?:.|\n)*As of /, { timeoutMs: 2_500 });
  expect(copy.text).toContain('Rebooted, sync runs again.');
  expect(copy.text).toContain('Charges and prepaid hours not read yet');
  expect(copy.text).not.toMatch(/prepaid block|none yet/i);
  await howardOf(world).message(/^(?!(?:.|\n)*As of )(?:.|\n)*#32164 (?:.|\n)*No prepaid hours/, { timeoutMs: 30_000 });
  expect(said(world).filter((text) => text.includes('⏳'))).toEqual([]);
});

test('a list whose button was pressed is brought up to date in its place', async () => {
  const world = await slowSyncro();
  world.syncro.setLatency(0);
  await howardOf(world).slash('/syncro', '');
  const list = await howardOf(world).message(/Your open tickets/);
  const before = said(world).length;
  // What was read for the list above is remembered for half a minute.
  await new Promise((resolve) => setTimeout(resolve, 31_000));
  world.syncro.setLatency(4_000);
  ticketByNumber(world, 32164).subject = 'Quite another thing';
  await list.click('Show team');
  await list.waitFor(/Open tickets(?:.|\n)*As of /, { timeoutMs: 3_000 });
  await list.waitFor(/^(?!(?:.|\n)*As of )(?:.|\n)*Quite another thing/, { timeoutMs: 30_000 });
  expect(said(world)).toHaveLength(before);
});

test('whoever has pressed something meanwhile keeps what they look at', async () => {
  const world = await slowSyncro();
  await howardOf(world).slash('/syncro', 'ticket 32164');
  const copy = await howardOf(world).message(/#32164 (?:.|\n)*As of /, { timeoutMs: 2_500 });
  await copy.click('Comment');
  await howardOf(world).modal('Comment on #32164');
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  expect(said(world)).toHaveLength(1);
});

test('while Syncro is away the copy stays and it is said since when', async () => {
  const world = await slowSyncro();
  world.syncro.down(true);
  await howardOf(world).slash('/syncro', 'ticket 32164');
  await howardOf(world).message(/Syncro hasn't answered since/, { timeoutMs: 40_000 });
  await howardOf(world).slash('/syncro', 'ticket 32163');
  const copy = await howardOf(world).message(/#32163 (?:.|\n)*As of .*Syncro hasn't answered since /, {
    timeoutMs: 1_000,
  });
  await new Promise((resolve) => setTimeout(resolve, 40_000));
  expect(copy.text).toContain('#32163');
});
