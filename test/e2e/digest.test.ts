import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Person, SeenMessage } from '../../src/sandbox/slack/slack.ts';
import type { World, WorldOptions } from '../../src/sandbox/world.ts';
import { slots } from '../../src/schedule/slots.ts';
import { dueAgo, HOUR, MINUTE } from './digest-due.ts';
import { useWorld } from './use-world.ts';

const start = useWorld();
const howardOf = (world: World): Person => world.slack.person('U012HOWARD');
const mikeOf = (world: World): Person => world.slack.person('U012MIKE');

const digestsIn = (world: World, channel = 'C0GENERAL'): readonly string[] =>
  howardOf(world)
    .messages({ channel })
    .filter(({ ephemeral, text }) => !ephemeral && text.startsWith('Open tickets · '))
    .map(({ text }) => text);

/** Runs a command and waits for the answer that only this person sees. */
const answerTo = async (person: Person, command: string, channel?: string): Promise<SeenMessage> => {
  const last = person.messages().at(-1)?.ts ?? '';
  await person.slash('/syncro', command, channel === undefined ? {} : { channel });
  const answers = () =>
    person.messages().filter(({ ts, ephemeral, text }) => ephemeral && ts > last && !text.startsWith('⏳'));
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(10)) {
    const answer = answers().at(-1);
    if (answer) return answer;
  }
  throw new Error(`no answer to ${command}`);
};

/** A clock that can be put forward, and an app that looks at it often. */
const jumpingTime = () => {
  let ahead = 0;
  const time: NonNullable<WorldOptions['time']> = {
    clock: { now: () => Date.now() + ahead, sleep: (ms) => sleep(ms) },
    every: (ms, task) => {
      const timer = setInterval(task, Math.min(ms, 50));
      return () => clearInterval(timer);
    },
  };
  const jump = (ms: number): void => {
    ahead += ms;
  };
  return {
    time,
    jump,
    /** To a minute after the next time at which a digest of the sample shop is due. */
    jumpToNext: (): void => {
      const now = Date.now() + ahead;
      jump((slots.next(EIGHT, now) ?? now) - now + MINUTE);
    },
  };
};

const EIGHT = { at: '08:00', timezone: 'America/Phoenix', days: 'mon-fri' };

/** What changes by itself while days pass. */
const holdStill = ({ syncro }: World): void => {
  for (const ticket of syncro.state.tickets) {
    ticket.due_date = null;
    if (ticket.status.startsWith('Waiting')) ticket.status = 'In Progress';
  }
};

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
    const world = await start({ channels: [{ id: 'C0NOBOT', name: 'no-bot', bot: false }] });
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

describe('/syncro digest here', () => {
  test('is for admins', async () => {
    const world = await start();
    for (const command of ['digest here at 08:00', 'digest off']) {
      const answer = await answerTo(howardOf(world), command);
      expect(answer.text).toBe('Where and when digests are posted is for admins to say. Nothing was changed.');
    }
    expect((await answerTo(howardOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('sets one up in the account’s zone, which then comes on every workday', async () => {
    const { time, jumpToNext } = jumpingTime();
    const world = await start({ time });
    holdStill(world);
    const answer = await answerTo(mikeOf(world), 'digest here at 8');
    expect(answer.text).toContain(
      'The open tickets come into this channel at 08:00 (America/Phoenix), mon-fri. Next: ',
    );
    expect(digestsIn(world)).toEqual([]);
    const howard = howardOf(world);
    jumpToNext();
    await howard.message(/^Open tickets · .* · 17 open · oldest/, { channel: 'C0GENERAL' });
    jumpToNext();
    await howard.message(/^Open tickets · .* · nothing new since \w+ · 17 open$/, { channel: 'C0GENERAL' });
    world.syncro.customerReply(108443837, 'It stopped again.');
    jumpToNext();
    await howard.message(/^Open tickets · .* · 17 open \(±0 since \w+\) · oldest/, { channel: 'C0GENERAL' });
    expect(digestsIn(world)).toHaveLength(3);
    expect((await answerTo(howard, 'digest list')).text).toMatch(
      /08:00 mon-fri \(America\/Phoenix\) · next .* · last /,
    );
  });

  test('at a time that is over for today begins tomorrow', async () => {
    const { time, jumpToNext } = jumpingTime();
    const world = await start({ time });
    jumpToNext();
    await answerTo(mikeOf(world), 'digest here at 7am');
    await sleep(400);
    expect(digestsIn(world)).toEqual([]);
    jumpToNext();
    await howardOf(world).message(/Open tickets · /, { channel: 'C0GENERAL' });
  });

  test('changes the one that is there', async () => {
    const world = await start();
    await answerTo(mikeOf(world), 'digest here at 08:00');
    const changed = await answerTo(mikeOf(world), 'digest here at 4:30pm');
    expect(changed.text).toContain('Changed: the open tickets come into this channel at 16:30');
    const list = await answerTo(howardOf(world), 'digest list');
    expect(list.text).toContain('Digests · 1');
    expect(list.text).toContain('16:30 mon-fri (America/Phoenix) · next ');
  });

  test('is refused where the settings file has one', async () => {
    const world = await start({ shop: { more: dueAgo(5 * HOUR) } });
    for (const command of ['digest here at 08:00', 'digest off']) {
      const answer = await answerTo(mikeOf(world), command);
      expect(answer.text).toBe(
        "This channel's digest stands in config.yml, and is changed only there. Nothing was changed.",
      );
    }
  });

  test('is refused where the bot is not, and in no zone that nobody knows', async () => {
    const world = await start({ channels: [{ id: 'C0NOBOT', name: 'no-bot', bot: false }] });
    const closed = await answerTo(mikeOf(world), 'digest here at 08:00', 'C0NOBOT');
    expect(closed.text).toContain('invite me with /invite @Syncro');
    world.syncro.state.settings.time_zone = 'Lemuria <!here>';
    const answer = await answerTo(mikeOf(world), 'digest here at 08:00');
    expect(answer.text).toContain('Syncro\'s account says "Lemuria <!here>"');
    expect((await answerTo(mikeOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('ends with off', async () => {
    const world = await start();
    expect((await answerTo(mikeOf(world), 'digest off')).text).toContain('No digest is set up in this channel.');
    await answerTo(mikeOf(world), 'digest here at 08:00');
    expect((await answerTo(mikeOf(world), 'digest off')).text).toBe('No more digests in this channel.');
    expect((await answerTo(mikeOf(world), 'digest list')).text).toContain('No digest is set up.');
  });

  test('survives a restart', async () => {
    const world = await start();
    await answerTo(mikeOf(world), 'digest here at 08:00');
    await world.stopApp();
    await world.startApp();
    expect((await answerTo(howardOf(world), 'digest list')).text).toContain('08:00 mon-fri (America/Phoenix)');
  });
});
