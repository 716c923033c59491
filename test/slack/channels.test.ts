import { describe, expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import { createChannels } from '../../src/slack/channels.ts';

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

const asked = (answers: readonly unknown[]) => {
  const seen = { calls: 0, now: 0 };
  const info = () => {
    const answer = answers[Math.min(seen.calls++, answers.length - 1)];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { conversations: { info } } as unknown as WebClient;
  const clock = { now: () => seen.now, sleep: () => Promise.resolve() };
  return { seen, channels: createChannels(client, { clock, log }) };
};

describe('who reads along in a channel', () => {
  test.each([
    ['internal', {}],
    ['internal', { is_shared: false, is_ext_shared: false, pending_shared: [] }],
    ['internal', { is_shared: true, is_org_shared: true }],
    ['external', { is_shared: true }],
    ['external', { is_ext_shared: true }],
    ['external', { is_org_shared: true, is_shared: true, is_ext_shared: true }],
    ['external', { is_pending_ext_shared: true }],
    ['external', { pending_shared: ['T0OTHER'] }],
    ['external', { pending_connected_team_ids: ['T0OTHER'] }],
    ['unknown', { is_ext_shared: 'yes' }],
  ])('is %s for %j', async (reach, channel) => {
    expect(await asked([{ ok: true, channel }]).channels.reach('C1')).toBe(reach);
  });

  test('is asked once in 5 minutes, and again at once when Slack did not say', async () => {
    const { seen, channels } = asked([new Error('missing_scope'), { channel: {} }, { channel: { is_shared: true } }]);
    expect(await channels.reach('C1')).toBe('unknown');
    expect(await channels.reach('C1')).toBe('internal');
    seen.now += 4 * 60_000;
    expect(await channels.reach('C1')).toBe('internal');
    seen.now += 60_000;
    expect(await channels.reach('C1')).toBe('external');
    expect(seen.calls).toBe(3);
  });
});
