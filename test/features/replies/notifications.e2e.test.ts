import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../world/open-database.ts';
import { howardOf, userOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { statusOf, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { aboutTicket, hookOf, longEnough, notified, notify, repliesTo, SECRET } from './notification-steps.ts';

const start = useWorld();
const JERRYS = 108443837;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Person = ReturnType<typeof userOf>;

describe('a customer’s reply', () => {
  test('comes to the technician of the ticket as a direct message, once, with what is done next', async () => {
    const world = await start(notified);
    const howard = howardOf(world);
    world.syncro.customerReply(JERRYS, 'It *stopped* again <!channel> <https://evil.example|here>.');
    const told = await howard.message(/↩ Jerry Burger replied on #32164 Own cloud thing again/, { channel: 'dm' });
    expect(told.text).toContain('It *stopped* again <!channel> <https://evil.example|here>.');
    expect(told.text.split('\n').at(-1)).toBe('[Reply] [Bill] [Waiting] [Open in Syncro]');
    await world.syncro.notified();
    expect(world.syncro.notifications.map(({ status }) => status)).toEqual([200]);
    // Said again by Syncro, by somebody else, and after a restart.
    await notify(world, aboutTicket(JERRYS));
    await notify(world, world.syncro.notifications[0]?.body);
    await world.stopApp();
    await world.startApp();
    await notify(world, aboutTicket(JERRYS));
    await longEnough();
    expect(repliesTo(world)).toHaveLength(1);
    expect(repliesTo(world, 'U012WINTER')).toEqual([]);
    expect(writes(world)).toEqual([]);
  });

  test('is read with the technician’s own key, in the background, and a flood about one ticket is one look', async () => {
    const world = await start(notified);
    const all = await Promise.all(Array.from({ length: 100 }, () => notify(world, aboutTicket(108443702))));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    const told = await howardOf(world).message(/replied on #32163/, { channel: 'dm' });
    expect(told.text).toContain('Restarted, still nothing.');
    await longEnough();
    const reads = world.syncro.requests.filter(({ path }) => path.startsWith('/tickets/108443702'));
    expect(reads).toHaveLength(2);
    expect(reads.find(({ path }) => path.includes('/comments'))?.technician).toBe(1750);
  });

  test.each([
    ['that a technician has answered', { user_id: 1737, tech: 'Winter Hale' }, 0],
    ['that a technician has answered, of whom Syncro gives the name only', { user_id: null, tech: 'Winter Hale' }, 0],
    ['under which there is an internal note', { user_id: 1737, tech: 'Winter Hale', hidden: true }, 1],
  ])('%s', async (_what, comment, count) => {
    const world = await start(notified);
    const reply = world.syncro.customerReply(JERRYS, 'It stopped again.');
    const later = new Date(Date.now() + 1).toISOString();
    world.syncro.state.comments.push({
      ...reply,
      ...{ id: reply.id + 100, subject: 'Update', body: 'I see.', created_at: later, updated_at: later },
      ...comment,
    });
    await longEnough();
    expect(repliesTo(world)).toHaveLength(count);
  });

  test('of days ago is no news when the ticket is changed today', async () => {
    const world = await start(notified);
    await notify(world, aboutTicket(JERRYS));
    await longEnough();
    expect(world.syncro.requests.some(({ path }) => path.startsWith(`/tickets/${JERRYS}/comments`))).toBe(true);
    expect(repliesTo(world)).toEqual([]);
  });

  test('is whatever Syncro says it is, not what the notification says', async () => {
    const world = await start(notified);
    await notify(world, {
      text: 'A comment was added',
      link: `https://computerguru.syncromsp.com/tickets/${JERRYS}`,
      attributes: { ticket_id: JERRYS, id: 1, body: 'Pay this at once', user_id: null, hidden: false },
    });
    await longEnough();
    expect(repliesTo(world)).toEqual([]);
  });

  test.each([
    ['nobody', null],
    ['somebody who is not in the settings', 1760],
  ])('on a ticket of %s is told to nobody', async (_who, technician) => {
    const world = await start(notified);
    ticketByNumber(world, 32164).user_id = technician;
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await longEnough();
    expect([...repliesTo(world), ...repliesTo(world, 'U012WINTER'), ...repliesTo(world, 'U012MIKE')]).toEqual([]);
  });

  test('is told to nobody who became a guest, or who may not see the ticket in Syncro', async () => {
    const world = await start(notified);
    const { users } = world.slack.workspace;
    const howard = users.get('U012HOWARD');
    if (!howard) throw new Error('no Howard');
    users.set('U012HOWARD', { ...howard, isGuest: true });
    userOf(world, 1737).permissions.ticket.read = false;
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    const winters = world.syncro.state.tickets.find(({ user_id, status }) => user_id === 1737 && status !== 'Invoiced');
    world.syncro.customerReply(winters?.id ?? 0, 'Hello?');
    await longEnough();
    expect([...repliesTo(world), ...repliesTo(world, 'U012WINTER')]).toEqual([]);
  });

  test.each([
    ['the technician’s key is refused', () => ({ keys: [] })],
    [
      'their account may not see tickets',
      ({ permissions }: Person) => ({
        permissions: { ...permissions, ticket: { ...permissions.ticket, read: false } },
      }),
    ],
  ])('is not forgotten while %s, and comes once when it can be read', async (_what, without) => {
    const world = await start(notified);
    const howard = userOf(world, 1750);
    const before = { ...howard };
    Object.assign(howard, without(howard));
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await pass(10 * MINUTE);
    expect(repliesTo(world)).toEqual([]);
    Object.assign(howard, before);
    await pass(7 * MINUTE);
    expect(repliesTo(world)).toHaveLength(1);
    await pass(10 * MINUTE);
    expect(repliesTo(world)).toHaveLength(1);
  });

  test('is not forgotten while Slack refuses the app’s token, and comes once when it takes it', async () => {
    const world = await start(notified);
    world.slack.failNext('chat.postMessage', { error: 'token_revoked' });
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await pass(5 * MINUTE);
    expect(repliesTo(world)).toHaveLength(1);
  });

  test('waits while Syncro is away, and for a Slack that does not answer, and comes once', async () => {
    const world = await start(notified);
    world.slack.failNext('chat.postMessage', { status: 500, committed: true });
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await howardOf(world).message(/replied on #32164/, { channel: 'dm' });
    const db = await openDatabase(world);
    expect(await db.selectFrom('told_replies').select('state').execute()).toEqual([{ state: 'telling' }]);
    await world.stopApp();
    // As if the lease of whoever got no answer were over.
    await db
      .updateTable('told_replies')
      .set({ lease_until: Date.now() - HOUR })
      .execute();
    await db
      .updateTable('hints')
      .set({ due_at: Date.now() - HOUR })
      .execute();
    await db.destroy();
    world.syncro.down(true);
    await world.startApp();
    await longEnough();
    world.syncro.down(false);
    await world.stopApp();
    const again = await openDatabase(world);
    await again.updateTable('hints').set({ due_at: 0, lease_until: null }).execute();
    await world.startApp();
    await longEnough();
    expect(await again.selectFrom('told_replies').select('state').execute()).toEqual([{ state: 'told' }]);
    await again.destroy();
    expect(repliesTo(world)).toHaveLength(1);
  });
});

describe('the buttons of a reply', () => {
  const told = async (world: Awaited<ReturnType<typeof start>>) => {
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    return howardOf(world).message(/replied on #32164/, { channel: 'dm' });
  };

  test('Reply opens the comment form, empty and with no audience; Bill that of the ticket', async () => {
    const world = await start(notified);
    const message = await told(world);
    await message.click('Reply');
    const comment = await howardOf(world).modal('Comment on #32164');
    const { errors } = await comment.submit('Preview');
    expect(Object.keys(errors).sort()).toEqual(['Audience', 'Comment']);
    await comment.close();
    await message.click('Bill');
    await howardOf(world).modal('Bill #32164');
  });

  test('Waiting asks which when the account has several, and the message stays', async () => {
    const world = await start(notified);
    const message = await told(world);
    await message.click('Waiting');
    const which = await howardOf(world).message(/"Waiting" fits two statuses: Waiting for Parts, Waiting on Customer/);
    expect(which.ephemeral).toBe(true);
    expect(writes(world)).toEqual([]);
    await which.click('Waiting on Customer');
    await which.waitFor(/Updated #32164: Customer Reply → Waiting on Customer · as Howard Enos/);
    expect(statusOf(world, 32164)).toBe('Waiting on Customer');
    expect(repliesTo(world)).toHaveLength(1);
  });

  test('Waiting sets the only one, and says so when there is none', async () => {
    const world = await start(notified);
    const { settings } = world.syncro.state;
    settings.ticket_status_list = ['New', 'Customer Reply', 'Waiting on Customer', 'On hold (waiting)'];
    const message = await told(world);
    await message.click('Waiting');
    await howardOf(world).message(/Updated #32164: Customer Reply → Waiting on Customer/);
    expect(writes(world)).toHaveLength(1);
  });

  test('Waiting without such a status sends nothing', async () => {
    const world = await start(notified);
    world.syncro.state.settings.ticket_status_list = ['New', 'Customer Reply'];
    await (await told(world)).click('Waiting');
    await howardOf(world).message(/has no status "Waiting"(?:.|\n)*Nothing was changed/);
    expect(writes(world)).toEqual([]);
  });
});

describe('the address for notifications', () => {
  test('is nobody’s without its secret, in the same words as any other address', async () => {
    const world = await start(notified);
    const other = await fetch(`http://127.0.0.1:${world.port()}/no/such/path`, { method: 'POST', body: '{}' });
    const shape = async (response: Response) => [
      response.status,
      await response.text(),
      [...response.headers.keys()].sort(),
    ];
    const wanted = await shape(other);
    for (const secret of ['wrong', `${SECRET}x`, SECRET.slice(1), `${SECRET}/`, ''])
      expect(await shape(await notify(world, aboutTicket(JERRYS), secret))).toEqual(wanted);
    expect((await fetch(hookOf(world))).status).toBe(404);
    expect(world.syncro.requests).toEqual([]);
  });

  test('is not there unless it is configured', async () => {
    const world = await start();
    expect((await notify(world, aboutTicket(JERRYS))).status).toBe(404);
  });

  test('works in Socket Mode, and is in no log line', async () => {
    const lines: string[] = [];
    const world = await start({ ...notified, socketMode: true, logLevel: 'trace', onLog: (line) => lines.push(line) });
    await world.slack.until(() => world.slack.socket.connections() > 0);
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await howardOf(world).message(/replied on #32164/, { channel: 'dm' });
    await notify(world, '{"text":"secret words"}');
    expect(lines.join('\n')).not.toContain(SECRET);
    expect(lines.join('\n')).not.toMatch(/hooks\/syncro|secret words/);
    expect(lines.join('\n')).toContain('a notification about nothing that is followed');
  });

  test('forgets nothing that it answered: what came right before a stop is told after the next start', async () => {
    const world = await start(notified);
    world.syncro.customerReply(JERRYS, 'It stopped again.');
    await world.syncro.notified();
    await world.stopApp();
    expect(repliesTo(world)).toEqual([]);
    await world.startApp();
    await howardOf(world).message(/replied on #32164/, { channel: 'dm' });
    expect(winterOf(world).dm()).toEqual([]);
  });
});
