import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

test('who closed the app’s direct messages is told where they asked, and Slack is not asked for ever', async () => {
  const world = await start();
  const howard = howardOf(world);
  world.slack.failNext('chat.postMessage', { error: 'messages_tab_disabled' }, 1_000);
  await howard.slash('/syncro', 'comment 32164 Rebooted it.', { channel: 'C0GENERAL' });
  const form = await howard.modal('Comment on #32164');
  await form.waitFor('Email goes to');
  await form.choose('Audience', 'Internal only');
  await form.submit('Preview');
  const preview = await howard.modal('Check and post');
  await preview.waitFor(/\[(Email|Post) /);
  await preview.submit(/^(Email|Post) /);
  const told = await howard.message(/Commented on #32164/, { channel: 'C0GENERAL' });
  expect(told.ephemeral).toBe(true);
  const posts = () => world.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
  const tried = posts();
  await sleep(15 * 60_000);
  expect(posts()).toBe(tried);
});
