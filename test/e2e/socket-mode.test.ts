import { expect, test } from '@jest/globals';
import { bill } from './bill-steps.ts';
import { countAll, expectBilledOnce } from './ticket-effects.ts';
import { useWorld } from './use-world.ts';

const start = useWorld();

test('a bill works the same through Socket Mode, with nothing delivered over HTTP', async () => {
  const world = await start({ socketMode: true });
  await world.slack.until(() => world.slack.socket.connections() > 0);
  const before = countAll(world);
  const receipt = await bill(world.slack.person('U012HOWARD'), 32164);
  expect(receipt.text).toContain('Billed #32164 · $112.50 · invoice #70000');
  expectBilledOnce(world, 32164, before);
  const port = world.port();
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST' })).status).toBe(404);
});

test('what is confirmed after the socket was cut arrives through the next one', async () => {
  const world = await start({ socketMode: true });
  await world.slack.until(() => world.slack.socket.connections() > 0);
  const before = countAll(world);
  world.slack.socket.cut();
  await world.slack.until(() => world.slack.socket.connections() === 0);
  await world.slack.until(() => world.slack.socket.connections() > 0, 15_000);
  await bill(world.slack.person('U012HOWARD'), 32164);
  expectBilledOnce(world, 32164, before);
});
