import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../../../sandbox/slack/slack.ts';
import { digestOf } from '../../../../src/features/digests/digest.ts';
import type { DigestJob } from '../../../../src/features/digests/ports.ts';
import { createDigestBoard } from '../../../../src/features/digests/slack/board.ts';
import type { Technician } from '../../../../src/shared/technician.ts';
import { createChannels } from '../../../../src/slack/channels.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { createWebClients } from '../../../../src/slack/web-clients.ts';
import { holdStill } from '../../../held-time.ts';
import { hour, howard, mike, noon } from '../../../runs/rules/a-ticket.ts';
import { aSummary, facts } from '../digest-facts.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const none = { missed: [], dueAt: null };
const admin: Technician = { ...mike, slackUser: 'U012WINTER', role: 'admin' };

const clock = { now: () => noon, sleep: () => Promise.resolve() };

const boardOf = (slack: SlackSandbox) => {
  const clients = createWebClients(slack.botToken, slack.apiUrl, log);
  return createDigestBoard({
    clients,
    channels: createChannels(clients.interactive, { clock, log }),
    technicians: [howard, admin],
    links: createLinks('https://computerguru.syncromsp.com'),
    log,
  });
};

const digest = digestOf(facts({ tickets: [aSummary(1)] }), { now: noon, timezone: 'UTC', last: null });
const slot = { job: 'C0GENERAL 08:00 UTC *', slot: noon - hour, channel: 'C0GENERAL' };

describe('a digest in its channel', () => {
  let slack: SlackSandbox;
  beforeEach(async () => {
    holdStill(['Date', 'setTimeout', 'clearTimeout'], noon);
    slack = await startSlack();
  });
  afterEach(async () => {
    await slack.close();
    jest.useRealTimers();
  });

  const chat = async (count: number): Promise<void> => {
    const howards = slack.person('U012HOWARD');
    for (let i = 0; i < count; i++) await howards.post('C0GENERAL', `Line ${i}`);
  };

  test('is found by its slot, among much that was said since', async () => {
    const board = boardOf(slack);
    await chat(20);
    const posted = await board.post('C0GENERAL', digest, none, slot);
    await board.post('C0GENERAL', digest, none, { ...slot, slot: slot.slot + 1 });
    await board.post('C0GENERAL', digest, none, { ...slot, job: 'another' });
    await board.post('C0GENERAL', digest, none, null);
    await chat(450);
    expect(posted.result).toBe('posted');
    expect(await board.find(slot)).toEqual({ result: 'found', ts: 'ts' in posted ? posted.ts : '' });
    expect(await board.find({ ...slot, slot: slot.slot + 2 })).toEqual({ result: 'absent' });
  });

  test('that can’t be looked for is not said to be absent', async () => {
    const board = boardOf(slack);
    slack.failNext('conversations.history', { error: 'missing_scope' });
    expect(await board.find(slot)).toEqual({ result: 'unreadable', reason: 'missing_scope' });
    expect(await board.find({ ...slot, channel: 'C0PRIVATE' })).toEqual({
      result: 'unreadable',
      reason: 'channel_not_found',
    });
    slack.failNext('conversations.history', { error: 'internal_error' });
    await expect(board.find(slot)).rejects.toThrow('internal_error');
    await chat(2_001);
    expect(await board.find(slot)).toEqual({ result: 'unreadable', reason: 'too_many_messages' });
  });

  test('says why a channel is closed', async () => {
    const board = boardOf(slack);
    expect(await board.closed('C0GENERAL')).toBeNull();
    expect(await board.closed('C0PRIVATE')).toBe('channel_not_found');
    slack.failNext('conversations.history', { status: 500 });
    expect(await board.closed('C0GENERAL')).toBeNull();
  });

  test('that can’t be posted is told to admins only, by the channel’s name and without a mention', async () => {
    const board = boardOf(slack);
    const job: DigestJob = { channel: 'C0GENERAL', at: '08:00', timezone: 'UTC', days: 'mon-fri', setUp: null };
    await board.tellAdmins(job, 'a_new_word');
    await board.tellAdmins({ ...job, setUp: { by: 'U012HOWARD', at: 1 } }, 'not_in_channel');
    expect(slack.person('U012HOWARD').dm()).toEqual([]);
    expect(
      slack
        .person('U012WINTER')
        .dm()
        .map(({ text }) => text),
    ).toEqual([
      '! The digest of 08:00 (UTC) for #general could not be posted. Slack says "a_new_word". Then /syncro digest now in that channel posts it; otherwise I\'ll try again the next time it is due. It is set in config.yml.',
      "! The digest of 08:00 (UTC) for #general could not be posted. I'm not in that channel, or it no longer exists. Invite me there with /invite @Syncro. Then /syncro digest now in that channel posts it; otherwise I'll try again the next time it is due. /syncro digest off in that channel switches it off.",
    ]);
    expect(slack.problems).toEqual([]);
  });
});
