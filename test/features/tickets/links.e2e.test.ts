import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { postSigned } from '../../../sandbox/slack/http-delivery.ts';
import type { World } from '../../../sandbox/world.ts';
import { fc } from '../../property.ts';
import { howardOf, mikeOf, userOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { answerTo, digestsIn } from '../digests/digest-steps.ts';
import { ticketByNumber } from './ticket-effects.ts';
import { ask } from './ticket-steps.ts';

const start = useWorld();
const page = (id: number | string) => `https://computerguru.syncromsp.com/tickets/${id}`;
const JERRYS = page(108443837);
const SHARED = 'channel includes another company';

const unfurlsIn = ({ slack }: World) => slack.calls.filter(({ method }) => method === 'chat.unfurl');

/** Nothing is under way any more, nor begun by what just arrived. */
const quiet = async (world: World): Promise<void> => {
  await world.slack.idle();
  await sleep(150);
};

describe('a link to a ticket', () => {
  test('shows its subject, status, customer and technician to everybody in the channel', async () => {
    const world = await start();
    ticketByNumber(world, 32164).subject = 'Cloud <!channel> & *so on*';
    const posted = await howardOf(world).post('C0GENERAL', `Look at ${JERRYS}#comments please, that is ${JERRYS}`);
    const seen = await winterOf(world).message(/#32164 Cloud/, { channel: 'C0GENERAL' });
    expect(seen.ts).toBe(posted.ts);
    expect(seen.text).toContain('#32164 Cloud <!channel> & *so on*\nNew · Jerry Burger · Howard Enos');
    expect(seen.text).not.toMatch(/Rebooted|Looking into it|customer\.example|\$/);
    expect(unfurlsIn(world).map(({ ok }) => ok)).toEqual([true]);
    expect(seen.raw.attachments).toHaveLength(1);
    expect(world.syncro.requests.filter(({ path }) => path.startsWith('/tickets/1')).map((r) => r.technician)).toEqual([
      1750,
    ]);
  });

  test('names the technician by the settings when the account’s lists are refused', async () => {
    const world = await start();
    ticketByNumber(world, 32164).user_id = 1737;
    const fault = { method: 'GET', times: 9 } as const;
    world.syncro.fault({ ...fault, kind: 'altered', path: /^\/tickets\/\d+$/, body: { ticket: { user: null } } });
    world.syncro.fault({ ...fault, kind: '422', path: '/tickets/settings' });
    await howardOf(world).post('C0GENERAL', JERRYS);
    const seen = await winterOf(world).message(/#32164 /, { channel: 'C0GENERAL' });
    expect(seen.text).toContain('New · Jerry Burger · Winter Hale');
  });

  test('is shown once in half an hour and channel, also after a restart and for Slack’s repetitions', async () => {
    const world = await start({ slack: { channels: [{ id: 'C0OTHER', name: 'other' }] } });
    const howard = howardOf(world);
    await howard.post('C0GENERAL', JERRYS);
    await howard.message(/New · Jerry Burger/, { channel: 'C0GENERAL' });
    await world.stopApp();
    await world.startApp();
    await howard.post('C0GENERAL', `${JERRYS} and ${page(108443702)}`);
    await howard.message(/#32163 Remote/, { channel: 'C0GENERAL' });
    await howard.post('C0OTHER', JERRYS);
    await howard.message(/New · Jerry Burger/, { channel: 'C0OTHER' });
    await quiet(world);
    expect(unfurlsIn(world)).toHaveLength(3);
    expect(Object.keys(unfurlsIn(world)[1]?.args.unfurls ?? {})).toEqual([page(108443702)]);
  });

  test('of which nothing can be read leaves nothing, and is shown when somebody puts it there again', async () => {
    const world = await start();
    userOf(world, 1750).permissions.ticket.read = false;
    await howardOf(world).post('C0GENERAL', JERRYS);
    await quiet(world);
    await world.slack.until(() => world.syncro.requests.length >= 2);
    userOf(world, 1750).permissions.ticket.read = true;
    await howardOf(world).post('C0GENERAL', JERRYS);
    await howardOf(world).message(/New · Jerry Burger/, { channel: 'C0GENERAL' });
    expect(howardOf(world).dm()).toEqual([]);
  });

  test('in my own messages with the app is shown, in a thread as well', async () => {
    const world = await start();
    const posted = await howardOf(world).post('dm', JERRYS);
    await howardOf(world).message(/New · Jerry Burger/, { channel: 'dm' });
    await howardOf(world).post('C0GENERAL', 'What is it about?');
    await howardOf(world).post('C0GENERAL', JERRYS, { threadTs: posted.ts });
    await howardOf(world).message(/New · Jerry Burger/, { channel: 'C0GENERAL' });
  });

  test('that Slack does not let us show is a quiet line in the log', async () => {
    const lines: string[] = [];
    const world = await start({ onLog: (line) => lines.push(line) });
    world.slack.failNext('chat.unfurl', { error: 'cannot_unfurl_url' });
    await howardOf(world).post('C0GENERAL', JERRYS);
    await world.slack.until(() => unfurlsIn(world).length === 1);
    await quiet(world);
    expect(lines.join('')).toContain('cannot_unfurl_url');
    expect(
      howardOf(world)
        .messages()
        .filter(({ text }) => !text.includes(JERRYS)),
    ).toEqual([]);
  });
});

describe('nothing is shown', () => {
  const posting = (person: string, channel: string, text: string) => async (world: World) => {
    await world.slack.person(person).post(channel, text);
  };
  const event = (fields: object) => async (world: World) => {
    await world.slack.sendEvent({
      ...{ type: 'link_shared', user: 'U012HOWARD', channel: 'C0GENERAL', message_ts: '1.1', links: [{ url: JERRYS }] },
      ...fields,
    });
  };

  test.each<[string, (world: World) => Promise<void>]>([
    ['where a guest put it', posting('U0GUEST', 'C0GENERAL', JERRYS)],
    ['where somebody of another company put it', posting('U0STRANGER', 'C0SHARED', JERRYS)],
    ['where a bot put it', posting('U0OTHERBOT', 'C0GENERAL', JERRYS)],
    ['where a bot put it in a technician’s name', event({ bot_id: 'B0OTHER' })],
    ['in a channel that another company reads', posting('U012HOWARD', 'C0SHARED', JERRYS)],
    ['in a channel that another company was invited to', posting('U012HOWARD', 'C0PENDING', JERRYS)],
    ['in a channel of which Slack says nothing', posting('U012HOWARD', 'C0PRIVATE', JERRYS)],
    ['in a direct message that is not one with the app', event({ channel: 'D0COLLEAGUES' })],
    ['in the app’s direct message with somebody else', event({ channel: 'D012WINTER' })],
    ['for another Syncro', posting('U012HOWARD', 'C0GENERAL', 'https://other.syncromsp.com/tickets/108443837')],
    ['for a ticket that is none', posting('U012HOWARD', 'C0GENERAL', page(5))],
    ['for other pages', posting('U012HOWARD', 'C0GENERAL', 'https://computerguru.syncromsp.com/customers/33401001')],
    ['for more than three', posting('U012HOWARD', 'C0GENERAL', [1, 2, 3].map(page).concat(JERRYS).join(' '))],
    ['while somebody is still writing, whatever the channel', event({ source: 'composer', unfurl_id: 'x' })],
    ['while somebody is still writing', async ({ slack }) => void (await slack.person('U012HOWARD').compose(JERRYS))],
  ])('%s', async (_where, act) => {
    const world = await start({
      slack: { channels: [{ id: 'C0PENDING', name: 'soon-with-a-customer', shared: 'pending' }] },
    });
    await act(world);
    await quiet(world);
    expect(unfurlsIn(world)).toEqual([]);
    expect(
      howardOf(world)
        .messages()
        .filter(({ text }) => text.includes('Jerry')),
    ).toEqual([]);
  });

  test('whatever an event holds', async () => {
    const lines: string[] = [];
    const world = await start({ onLog: (line) => lines.push(line), logLevel: 'warn' });
    const odd = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('', 'constructor', '<!channel>', JERRYS),
    );
    const or = (value: string) => fc.oneof(fc.string(), fc.constant(value));
    const links = fc.array(fc.record({ url: odd, domain: odd }), { maxLength: 5 });
    // Bolt itself looks into user and channel, and takes no other kinds there.
    const events = fc.record({
      ...{ type: fc.constant('link_shared'), user: or('U012WINTER'), channel: or('C0SHARED'), message_ts: odd },
      ...{ links: fc.oneof(odd, links), unfurl_id: odd, source: fc.oneof(odd, or('conversations_history')) },
    });
    const url = `http://127.0.0.1:${world.port()}/slack/events`;
    await fc.assert(
      fc.asyncProperty(events, async (payload) => {
        const around = { type: 'event_callback', team_id: 'T0SANDBOX', api_app_id: 'A0SYNCRO', event_id: 'Ev1' };
        const envelope = { kind: 'events_api' as const, payload: { ...around, event: payload } };
        const answer = await postSigned(url, world.slack.signingSecret, envelope, {}, AbortSignal.timeout(10_000));
        expect([200, 401]).toContain(answer.status);
      }),
      { numRuns: 150 },
    );
    await quiet(world);
    expect(lines.filter((line) => /could not be shown|a Slack request failed|unhandled/.test(line))).toEqual([]);
    expect(unfurlsIn(world)).toEqual([]);
  });
});

describe('where another company reads along', () => {
  test('no ticket is shared, and who pressed is told why', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'ticket 32164', { channel: 'C0SHARED' });
    await (await howard.message(/Own cloud thing again/)).click('Share');
    const words = await howard.message(SHARED);
    expect(words.ephemeral).toBe(true);
    expect(world.slack.person('U0STRANGER').messages()).toEqual([]);
  });

  test('no digest is posted or set up', async () => {
    const world = await start();
    expect((await answerTo(mikeOf(world), 'digest now', 'C0SHARED')).text).toContain(SHARED);
    const answer = await answerTo(mikeOf(world), 'digest here at 08:00', 'C0SHARED');
    expect(answer.text).toContain(SHARED);
    expect(answer.text).toContain('Nothing was changed.');
    expect(digestsIn(world, 'C0SHARED')).toEqual([]);
  });
});

test('where Slack does not say who reads along, digests and Share go on as they did', async () => {
  const world = await start();
  world.slack.failNext('conversations.info', { error: 'missing_scope' }, 2);
  expect((await answerTo(howardOf(world), 'digest now', 'C0GENERAL')).text).toBe('Posted.');
  await howardOf(world).slash('/syncro', 'ticket 32164', { channel: 'C0GENERAL' });
  await (await howardOf(world).message(/^#32164/, { channel: 'C0GENERAL' })).click('Share');
  await winterOf(world).message(/Own cloud thing again/, { channel: 'C0GENERAL' });
});

test('a shared ticket leaves internal comments out, and says so', async () => {
  const world = await start();
  const own = await ask(howardOf(world), 'ticket 32164', /^#32164/);
  expect(own.text).toContain('Rebooted, sync runs again.');
  await own.click('Share');
  const shared = await winterOf(world).message(/Own cloud thing again/);
  expect(shared.ephemeral).toBe(false);
  expect(shared.text).toContain('It stopped again after lunch.');
  expect(shared.text).toContain('Internal comments are left out');
  expect(shared.text).not.toMatch(/Rebooted|Internal Note/);
});
