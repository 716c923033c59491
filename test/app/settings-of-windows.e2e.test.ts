import { expect, test } from '@jest/globals';
import { DEFAULT_SIGNING_SECRET } from '../../sandbox/slack/options.ts';
import { ask } from '../features/tickets/ticket-steps.ts';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

test('what Windows puts around keys and secrets changes nothing', async () => {
  const world = await start({
    env: { SYNCRO_KEY_HOWARD: '\uFEFF"sandbox-howard"\r\n', SLACK_SIGNING_SECRET: `${DEFAULT_SIGNING_SECRET}\r` },
  });
  const seen = await ask(howardOf(world), 'ticket 32164', /#32164 /);
  expect(seen.text).toContain('Own cloud thing again');
});
