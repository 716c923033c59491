import { expect, test } from '@jest/globals';
import { parseCommand } from '../../src/app/features.ts';
import type { Meter } from '../../src/metrics/meter.ts';
import { watchRequests } from '../../src/slack/watch-requests.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

/** A request with this payload, whose handler acknowledges too. @returns what happened, in its order */
const take = async (body: Record<string, unknown>): Promise<readonly string[]> => {
  const happened: string[] = [];
  const meter = { acknowledged: (kind: string) => void happened.push(`counted: ${kind}`) };
  const watched = watchRequests({
    meter: meter as unknown as Meter,
    inRequest: (_ref, work) => work(),
    ids: { ref: () => 'K7Q2MX' },
    log: aQuietLog,
    parse: parseCommand,
  });
  const ack = (answer?: unknown) => Promise.resolve(void happened.push(`acknowledged: ${JSON.stringify(answer)}`));
  await watched({ body, ack }, async (event) => {
    happened.push('handled');
    await event.ack({ response_action: 'clear' });
  });
  return happened;
};

test.each([
  ['command', { command: '/syncro', text: 'ticket 32164' }],
  ['press', { type: 'block_actions', actions: [{ action_id: 'bill' }] }],
  ['shortcut', { type: 'shortcut', callback_id: 'bill' }],
  ['shortcut', { type: 'message_action', callback_id: 'bill' }],
  ['form_closed', { type: 'view_closed' }],
])('a %s is acknowledged once, with nothing, before anything is done with it', async (kind, body) => {
  expect(await take(body)).toEqual(['acknowledged: undefined', `counted: ${kind}`, 'handled']);
});

test.each([
  ['form', { type: 'view_submission', view: { callback_id: 'bill' } }],
  ['typeahead', { type: 'block_suggestion' }],
  ['event', { type: 'event_callback', event: { type: 'link_shared' } }],
  ['other', { command: 7, type: ['block_actions'] }],
])('a %s is acknowledged by whoever handles it, with the answer', async (kind, body) => {
  expect(await take(body)).toEqual(['handled', 'acknowledged: {"response_action":"clear"}', `counted: ${kind}`]);
});
