import { describe, expect, test } from '@jest/globals';
import { suggest } from '../../sandbox/slack/acts-on-blocks.ts';
import { submitView } from '../../sandbox/slack/acts-on-views.ts';
import { findInput } from '../../sandbox/slack/find-element.ts';
import { postSigned } from '../../sandbox/slack/http-delivery.ts';
import { jsonsOf } from '../../sandbox/slack/json.ts';
import { TEAM_ID } from '../../sandbox/slack/options.ts';
import type { World } from '../../sandbox/world.ts';
import { openBillForm, previewBill } from '../features/bill/bill-steps.ts';
import { fillCache, openCreate } from '../features/create/create-steps.ts';
import { writes } from '../features/tickets/ticket-effects.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();
const REFUSAL = /You are not set up to use Syncro here, so nothing was shown or changed/;
const DATA = /Burger|cloud|32164|\$|1750/;

/** Whoever is not in the settings: a guest, somebody of another workspace, a colleague nobody added. */
const OUTSIDERS = ['U0GUEST', 'U0STRANGER', 'U0NEWBIE'] as const;

/** For a bill to begin, if one was confirmed. */
const longEnough = () => new Promise((resolve) => setTimeout(resolve, 300));

const withNewbie = (world: World): World => {
  const { users, channels } = world.slack.workspace;
  const howard = users.get('U012HOWARD');
  if (!howard) throw new Error('no Howard');
  users.set('U0NEWBIE', { ...howard, id: 'U0NEWBIE', name: 'Nora Newbie', isAdmin: true });
  channels.get('C0GENERAL')?.members.add('U0NEWBIE').add('U0STRANGER');
  return world;
};

describe.each(OUTSIDERS)('%s', (id) => {
  test('is refused politely for every command, without any data', async () => {
    const world = withNewbie(await start());
    const person = world.slack.person(id);
    for (const text of ['', 'ticket 32164', 'bill 32164 45 remote', 'search cloud', 'customers burger', 'help', 'x']) {
      const before = person.messages().at(-1)?.ts ?? '';
      await person.slash('/syncro', text, { channel: 'C0GENERAL' });
      const words = await person.message(REFUSAL, { after: before });
      expect(words.text).toContain(`Slack member ID ${id}`);
      expect(words.text.replaceAll(id, '')).not.toMatch(DATA);
      expect(words.ephemeral).toBe(true);
      expect(person.messages().filter(({ ts }) => ts > before)).toHaveLength(1);
    }
    expect(world.syncro.requests).toEqual([]);
    await expect(person.modal(undefined, { timeoutMs: 10 })).rejects.toThrow();
  });

  test('is refused for a button of a digest', async () => {
    const world = withNewbie(await start());
    await postDigest(world);
    const person = world.slack.person(id);
    const digest = await person.message(/Open tickets/, { channel: 'C0GENERAL' });
    const asked = world.syncro.requests.length;
    await digest.click('All');
    await person.message(REFUSAL);
    expect(world.syncro.requests).toHaveLength(asked);
  });

  test('is refused for a form, whoever’s it was', async () => {
    const world = withNewbie(await start());
    const user = world.slack.workspace.users.get(id);
    if (!user) throw new Error('nobody');
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    const asked = world.syncro.requests.length;
    const ack = await submitView(world.slack.wiring, user, form.raw);
    expect(JSON.stringify(ack.body)).toMatch(REFUSAL);
    expect(JSON.stringify(ack.body)).not.toMatch(/Burger|cloud/);
    expect(world.syncro.requests).toHaveLength(asked);
  });

  test('is offered no customer by a typeahead, whoever’s form it was', async () => {
    const world = withNewbie(await start());
    const howard = world.slack.person('U012HOWARD');
    await fillCache(world);
    const form = await openCreate(howard);
    expect(await form.typeahead('Customer', 'acme')).toHaveLength(2);
    const user = world.slack.workspace.users.get(id);
    if (!user) throw new Error('nobody');
    const input = findInput(jsonsOf(form.raw.source.blocks), 'Customer');
    const { options } = await suggest(world.slack.wiring, user, { kind: 'view', view: form.raw }, input, 'acme');
    expect(options).toEqual([]);
  });

  test('can’t confirm somebody’s bill', async () => {
    const world = withNewbie(await start());
    const user = world.slack.workspace.users.get(id);
    if (!user) throw new Error('nobody');
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    await submitView(world.slack.wiring, user, preview.raw);
    await longEnough();
    expect(writes(world)).toEqual([]);
  });
});

test('a technician’s member id from another workspace is a stranger', async () => {
  const world = await start();
  await postDigest(world);
  const { users } = world.slack.workspace;
  const mike = users.get('U012MIKE');
  if (!mike) throw new Error('no Mike');
  users.set('U012MIKE', { ...mike, teamId: 'T0STRANGER' });
  const person = world.slack.person('U012MIKE');
  await (await person.message(/Open tickets/, { channel: 'C0GENERAL' })).click('All');
  await person.message(REFUSAL);
});

/** Where everybody sees it: what is shared has no buttons. */
const postDigest = async (world: World): Promise<void> => {
  const mike = world.slack.person('U012MIKE');
  await mike.slash('/syncro', 'digest here at 08:00', { channel: 'C0GENERAL' });
  await mike.slash('/syncro', 'digest now', { channel: 'C0GENERAL' });
  await mike.message(/Posted\./);
};

describe('in an organization of several workspaces', () => {
  const withTeam = async (teamId: string, enterpriseTeams: readonly string[]) => {
    const world = await start();
    const { users } = world.slack.workspace;
    const howard = users.get('U012HOWARD');
    if (!howard) throw new Error('no Howard');
    users.set('U012HOWARD', { ...howard, teamId, enterpriseTeams });
    return { world, howard: world.slack.person('U012HOWARD') };
  };

  test.each(['T0OTHER', 'E0SANDBOX'])(
    'a technician whose team is %s is let in where ours is one of theirs',
    async (team) => {
      const { world, howard } = await withTeam(team, ['T0OTHER', TEAM_ID]);
      await howard.slash('/syncro', 'ticket 32164', { channel: 'C0GENERAL' });
      const card = await howard.message(/Own cloud thing again/);
      await card.click('Comment');
      const form = await howard.modal('Comment on #32164');
      await form.waitFor('Email goes to');
      expect(world.slack.problems).toEqual([]);
    },
  );

  test('one who is in other workspaces only is told so', async () => {
    const { world, howard } = await withTeam('T0OTHER', ['T0OTHER']);
    await howard.slash('/syncro', 'ticket 32164', { channel: 'C0GENERAL' });
    const words = await howard.message(REFUSAL);
    expect(words.text).toContain('another workspace');
    expect(words.text).not.toContain('Ask your admin to add');
    expect(world.syncro.requests).toEqual([]);
  });
});

test('a colleague can’t confirm another technician’s bill', async () => {
  const world = await start();
  const winter = world.slack.workspace.users.get('U012WINTER');
  if (!winter) throw new Error('no Winter');
  const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
  const ack = await submitView(world.slack.wiring, winter, preview.raw);
  expect(JSON.stringify(ack.body)).toContain('Nothing was sent.');
  await longEnough();
  expect(writes(world)).toEqual([]);
});

describe('a request that is signed with our secret', () => {
  test.each([
    ['another app', { api_app_id: 'A0OTHER' }, 'through a different Slack app'],
    ['another workspace', { team_id: 'T0OTHER' }, 'you belong to another workspace'],
  ])('and comes from %s is refused, and told why', async (_what, foreign, why) => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const payload = {
      ...{ user_id: 'U012HOWARD', team_id: world.slack.teamId, api_app_id: world.slack.appId },
      ...{ command: '/syncro', text: 'ticket 32164', channel_id: 'C0GENERAL', trigger_id: 'none' },
      ...foreign,
    };
    const url = `http://127.0.0.1:${world.port()}/slack/events`;
    const envelope = { kind: 'slash_commands' as const, payload };
    await postSigned(url, world.slack.signingSecret, envelope, {}, AbortSignal.timeout(5_000));
    const words = await howard.message(REFUSAL);
    expect(words.text).toContain(why);
    expect(words.text).toContain('Your Slack member ID U012HOWARD is in the settings');
    expect(words.text.replaceAll('U012HOWARD', '')).not.toMatch(DATA);
    expect(world.syncro.requests).toEqual([]);
  });
});

describe('a technician of the settings', () => {
  test('who left the company, or became a guest, is let in no longer, whatever they press', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    const user = world.slack.workspace.users.get('U012HOWARD');
    if (!user) throw new Error('no Howard');
    user.deleted = true;
    await world.slack.sendEvent({ type: 'user_change', user: { id: 'U012HOWARD', deleted: true } });
    await submitView(world.slack.wiring, user, preview.raw);
    await longEnough();
    expect(writes(world)).toEqual([]);
    await howard.slash('/syncro', 'ticket 32164');
    const words = await howard.message(REFUSAL);
    expect(words.text).toContain('your account is deactivated');
    expect(words.text.replaceAll('U012HOWARD', '')).not.toMatch(DATA);
    user.deleted = false;
    await world.slack.sendEvent({ type: 'user_change', user: { id: 'U012HOWARD' } });
    await howard.slash('/syncro', 'ticket 32164');
    await howard.message(/Own cloud thing again/);
  });

  test('of whom Slack can’t say who they are is not let in, and told to try again', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    world.slack.failNext('users.info', { status: 500 }, 3);
    await howard.slash('/syncro', 'ticket 32164');
    const words = await howard.message(/Slack couldn't confirm just now who you are, so nothing was shown or changed/);
    expect(words.text).not.toMatch(DATA);
    expect(world.syncro.requests).toEqual([]);
    await world.slack.idle();
    await howard.slash('/syncro', 'ticket 32164');
    await howard.message(/Own cloud thing again/);
  });
});
