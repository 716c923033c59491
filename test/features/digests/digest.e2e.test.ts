import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { howardOf, mikeOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { dueAgo, HOUR, MINUTE } from './digest-due.ts';
import { answerTo, digestsIn, jumpingTime } from './digest-steps.ts';

const start = useWorld();

describe('a digest of the settings file', () => {
  test('comes into its channel when it is due, for everybody and about everybody’s tickets', async () => {
    const world = await start({ shop: { more: dueAgo(MINUTE) } });
    const digest = await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
    expect(digest.ephemeral).toBe(false);
    expect(digest.text).toMatch(/^Open tickets · \w{3} \w{3} \d{1,2}\n17 open · oldest 60 days\n/);
    expect(digest.text).toContain('↩ 3 customers replied\n#32163 LeeAnn Parkinson (Howard, 5 d)\n#32161');
    expect(digest.text).toContain('#32150 Acme West (nobody, 2 d)');
    expect(digest.text).toMatch(/^! 1 overdue · .*2 unassigned {2}\[Show\]$/m);
    expect(digest.text).toContain('$ 2 resolved, never invoiced: $262.50  [Show]');
    expect(digest.text).toMatch(/Howard 6 · Winter 5 · Rob 4.*\n\[Mine\] \[All\]$/);
    const links = digest.links().map(({ text, url }) => `${text} ${url}`);
    expect(links).toContain('#32163 https://computerguru.syncromsp.com/tickets/108443702');
    const call = world.slack.calls.find(({ method }) => method === 'chat.postMessage');
    expect(call?.args.metadata).toMatchObject({
      event_type: 'syncro_digest',
      event_payload: { job: expect.stringMatching(/^C0GENERAL \d\d:\d\d UTC \*$/), slot: expect.any(Number) },
    });
  });

  test('leads to the tickets that need somebody, and to the money, for who presses alone', async () => {
    const world = await start({ shop: { more: dueAgo(MINUTE) } });
    const howard = howardOf(world);
    const digest = await howard.message(/Open tickets · /, { channel: 'C0GENERAL' });
    await digest.click('Show');
    const list = await howard.message(/^Needs attention · \d/);
    expect(list.ephemeral).toBe(true);
    expect(list.text).toMatch(/^! #32101 .*\n.* · overdue$/m);
    expect(list.text).toMatch(/#32166 /);
    expect(list.text).not.toMatch(/#32164 /);
    expect(digest.text).toMatch(/^Open tickets/);
  });

  test('is read with the admin’s key where there is no shared one, and changes nothing in Syncro', async () => {
    const world = await start({ shop: { more: dueAgo(MINUTE) } });
    await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
    expect(new Set(world.syncro.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(new Set(world.syncro.requests.map(({ technician }) => technician))).toEqual(new Set([1735]));
  });

  test('does not come again after a restart, and is caught up when the app was down', async () => {
    const world = await start({ shop: { more: dueAgo(3 * HOUR) } });
    const digest = await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
    expect(digest.text).toMatch(/Due at \d\d:\d\d, but late, because the app or Syncro was down\./);
    await world.stopApp();
    await world.startApp();
    await howardOf(world).slash('/syncro', 'help');
    expect(digestsIn(world)).toHaveLength(1);
  });

  test('does not come more than 4 hours late', async () => {
    const world = await start({ shop: { more: dueAgo(5 * HOUR) } });
    const answer = await answerTo(howardOf(world), 'digest list');
    expect(answer.text).toContain('#general');
    expect(answer.text).toContain('in config.yml');
    expect(answer.text).toContain('never posted yet');
    expect(digestsIn(world)).toEqual([]);
  });

  test('comes without what is not invoiced when the key may not see invoices, and says so', async () => {
    const world = await start({ shop: { more: '' } });
    for (const user of world.syncro.state.users) user.permissions.invoice.read = false;
    const preview = await answerTo(howardOf(world), 'digest preview');
    expect(preview.text).toContain('17 open');
    expect(preview.text).toContain('What was resolved but never invoiced could not be read.');
    expect(preview.text).not.toContain('resolved, never invoiced:');
  });

  test('waits while Syncro is down', async () => {
    const { time, jump, jumpToNext } = jumpingTime();
    const world = await start({ time });
    await answerTo(mikeOf(world), 'digest here at 08:00');
    world.syncro.down(true);
    jumpToNext();
    await sleep(1_500);
    expect(digestsIn(world)).toEqual([]);
    expect((await answerTo(howardOf(world), 'digest list')).text).toContain('due, not posted yet');
    world.syncro.down(false);
    jump(HOUR);
    const digest = await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
    expect(digest.text).toContain('Due at 08:00, but late, because the app or Syncro was down.');
  });
});

describe('/syncro digest preview', () => {
  test('shows me alone what the digest would say, in the account’s zone', async () => {
    const world = await start();
    const preview = await answerTo(howardOf(world), 'digest preview');
    expect(preview.text).toMatch(/^Open tickets · .*\n17 open/);
    const today = new Date().toLocaleDateString('en-US', {
      timeZone: 'America/Phoenix',
      month: 'short',
      day: 'numeric',
    });
    expect(preview.text).toMatch(new RegExp(`^Open tickets · \\w{3} ${today}`));
    expect(mikeOf(world).messages({ channel: 'C0GENERAL' })).toEqual([]);
  });

  test('is there for every number of open tickets, with 5,000 of them too', async () => {
    const world = await start({ syncro: { requestsPerMinute: 0 } });
    const { tickets } = world.syncro.state;
    const first = tickets[0];
    if (first)
      for (let i = 0; i < 4_983; i++) tickets.push({ ...first, id: 900_000 + i, number: 40_000 + i, status: 'New' });
    await howardOf(world).slash('/syncro', 'digest preview');
    const preview = await howardOf(world).message(/5000 open/, { timeoutMs: 15_000 });
    expect(preview.text.length).toBeLessThan(600);
    expect(world.syncro.requests.length).toBeGreaterThanOrEqual(100);
  });
});

describe('/syncro digest now', () => {
  test('posts for everybody in the channel', async () => {
    const world = await start();
    expect((await answerTo(howardOf(world), 'digest now')).text).toBe('Posted.');
    expect(digestsIn(world)).toHaveLength(1);
    const seen = await mikeOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
    expect(seen.ephemeral).toBe(false);
  });

  test('says so where the bot is not', async () => {
    const world = await start({ slack: { channels: [{ id: 'C0NOBOT', name: 'no-bot', bot: false }] } });
    for (const channel of ['C0NOBOT', 'C0PRIVATE']) {
      const answer = await answerTo(howardOf(world), 'digest now', channel);
      expect(answer.text).toContain("I can't post here because I'm not in this conversation.");
      expect(answer.text).toContain('Nothing was posted.');
      expect(digestsIn(world, channel)).toEqual([]);
    }
  });

  test('that gets no answer says that nobody knows, and is not repeated', async () => {
    const world = await start();
    world.slack.failNext('chat.postMessage', { status: 500, committed: true });
    const answer = await answerTo(howardOf(world), 'digest now');
    expect(answer.text).toContain('Unknown: check whether the digest is there before you repeat it.');
    expect(digestsIn(world)).toHaveLength(1);
  });

  test('while Syncro is down posts nothing', async () => {
    const world = await start();
    world.syncro.down(true);
    await howardOf(world).slash('/syncro', 'digest now');
    await howardOf(world).message(/Syncro .*answer/, { timeoutMs: 15_000 });
    expect(digestsIn(world)).toEqual([]);
  });
});
