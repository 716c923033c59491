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
    expect(digest.text).toMatch(/^Open tickets · \w{3} \d{1,2} \w{3} · 17 open · oldest 60 d$/m);
    expect(digest.text).toContain('! 3 customers replied   #32163 LeeAnn Parkinson (Howard, 5 d) · #32161');
    expect(digest.text).toContain('#32150 Acme West (nobody, 2 d)');
    expect(digest.text).toContain('! 1 overdue   #32101 Acme East (Rob, 41 d)');
    expect(digest.text).toContain('! 2 unassigned');
    expect(digest.text).toContain('$ 2 resolved, not invoiced, about $262.50   #32158');
    expect(digest.text).toMatch(/^Oldest {3}#32120 Acme East \(Rob, 60 d\) · .* … and 14 more$/m);
    expect(digest.text).toContain('Howard 6 · Winter 5 · Rob 4');
    const links = digest.links().map(({ text, url }) => `${text} ${url}`);
    // Its page is named by its id, which happens to be another ticket's number.
    expect(links).toContain('#32101 https://computerguru.syncromsp.com/tickets/32164');
    const call = world.slack.calls.find(({ method }) => method === 'chat.postMessage');
    expect(call?.args.metadata).toMatchObject({
      event_type: 'syncro_digest',
      event_payload: { job: expect.stringMatching(/^C0GENERAL \d\d:\d\d UTC \*$/), slot: expect.any(Number) },
    });
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
    expect(digest.text).toMatch(/Due at \d\d:\d\d; it comes late because the app or Syncro was away\./);
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
    expect(preview.text).toContain('What is resolved and not invoiced could not be read.');
    expect(preview.text).not.toContain('resolved, not invoiced, about');
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
    expect(digest.text).toContain('Due at 08:00; it comes late because the app or Syncro was away.');
  });
});

describe('/syncro digest preview', () => {
  test('shows me alone what the digest would say, in the account’s zone', async () => {
    const world = await start();
    const preview = await answerTo(howardOf(world), 'digest preview');
    expect(preview.text).toMatch(/^Open tickets · .* · 17 open/);
    const today = new Date().toLocaleDateString('en-GB', { timeZone: 'America/Phoenix', day: 'numeric' });
    expect(preview.text).toMatch(new RegExp(`^Open tickets · \\w{3} ${today} `));
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
    expect(preview.text).toContain('and 4');
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
      expect(answer.text).toContain("I can't post here, because I am not in this conversation.");
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
