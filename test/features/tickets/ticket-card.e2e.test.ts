import { describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, mikeOf, userOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { addLine } from '../correct/correct-steps.ts';
import { statusOf, ticketByNumber, writes } from './ticket-effects.ts';
import { ask, sentBy } from './ticket-steps.ts';

const start = useWorld();
const PUT = { method: 'PUT', path: /^\/tickets\/\d+$/ } as const;

const card = (world: World, number: number, person = howardOf(world)): Promise<SeenMessage> =>
  ask(person, `ticket ${number}`, new RegExp(`#${number} `));

const buttonsOf = ({ text }: SeenMessage): string => text.split('\n').at(-1) ?? '';

describe('the buttons of a card', () => {
  test('are what people do next; Take only where it is not mine', async () => {
    const world = await start();
    expect(buttonsOf(await card(world, 32164))).toBe(
      '[Bill] [Comment] [Start timer] [Status ▾] [⋯ Update · Close · Share · Open in Syncro]',
    );
    expect(buttonsOf(await card(world, 32166))).toContain('[⋯ Take · Update');
    expect(buttonsOf(await card(world, 32164, winterOf(world)))).toContain('[⋯ Take · Update');
  });

  test('are all there for an admin on a ticket of somebody else, on which something waits', async () => {
    const world = await start();
    addLine(world, {});
    const seen = await card(world, 32164, mikeOf(world));
    expect(buttonsOf(seen)).toBe(
      '[Bill] [Comment] [Start timer] [Status ▾] [Take] [⋯ Update · Close · Correct… · Delete ticket… · Share]',
    );
    await seen.click('Take');
    await seen.waitFor(/^Updated #32164: technician Howard Enos → Michael Swanson/);
    expect(buttonsOf(seen)).toBe(
      '[Bill] [Comment] [Start timer] [Status ▾] [⋯ Update · Close · Correct… · Delete ticket… · Share]',
    );
  });

  test('Take assigns the ticket to who presses, and the card shows it', async () => {
    const world = await start();
    const seen = await card(world, 32166);
    expect(seen.text).toContain('nobody');
    await seen.click('Take');
    await seen.waitFor(/^Updated #32166: technician nobody → Howard Enos · as Howard Enos\. Sent once, confirmed\./);
    expect(seen.text).toContain('New · 2 Normal · Howard Enos');
    expect(buttonsOf(seen)).not.toContain('Take');
    expect(sentBy(world)).toEqual([{ method: 'PUT', technician: 1750, body: { user_id: 1750 } }]);
    await world.slack.idle();
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('Take pressed twice at once is one change', async () => {
    const world = await start();
    const seen = await card(world, 32166);
    await seen.click('Take', { times: 2 });
    await seen.waitFor(/Updated #32166|is already assigned to Howard Enos/);
    await world.slack.idle();
    expect(writes(world)).toHaveLength(1);
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('Take of a ticket that somebody gave me meanwhile sends nothing', async () => {
    const world = await start();
    const seen = await card(world, 32166);
    ticketByNumber(world, 32166).user_id = 1750;
    await seen.click('Take');
    await seen.waitFor('#32166 is already assigned to Howard Enos. Nothing was changed.');
    expect(writes(world)).toEqual([]);
  });

  test('Status sets what is chosen, and the card is a fresh one', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    await seen.choose('Status', 'Waiting for Parts');
    await seen.waitFor(/^Updated #32164: New → Waiting for Parts/);
    expect(seen.text).toContain('Waiting for Parts · 2 Normal · Howard Enos');
    expect(seen.text).toContain('Rebooted, sync runs again.');
    expect(sentBy(world)).toEqual([{ method: 'PUT', technician: 1750, body: { status: 'Waiting for Parts' } }]);
    await seen.choose('Status', 'In Progress');
    await seen.waitFor(/^Updated #32164: Waiting for Parts → In Progress/);
    await seen.choose('Status', 'Waiting for Parts');
    await seen.waitFor(/^Updated #32164: In Progress → Waiting for Parts/);
    expect(writes(world)).toHaveLength(3);
  });

  test('Status does not offer what the ticket is already', async () => {
    const world = await start();
    await expect((await card(world, 32164)).choose('Status', 'New')).rejects.toThrow();
  });

  test('Invoiced without an invoice is refused on the card', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    await seen.choose('Status', 'Invoiced');
    await seen.waitFor(/^#32164 has no invoice, so its status is not set to Invoiced\. Nothing was changed\./);
    expect(buttonsOf(seen)).toContain('[Bill]');
    expect(writes(world)).toEqual([]);
  });

  test('what takes long says so in place of the card, then how it stands', async () => {
    const world = await start({ shop: { timeout: 5 } });
    const seen = await card(world, 32164);
    world.syncro.fault({ ...PUT, kind: 'late', delayMs: 4_000, hang: true });
    await seen.choose('Status', 'Scheduled');
    await seen.waitFor('⏳ Updating #32164 …');
    await seen.waitFor(/New → Scheduled is on its way(?:.|\n)*Own cloud thing again/, { timeoutMs: 8_000 });
    await howardOf(world).message(/Updated #32164/, { channel: 'dm', timeoutMs: 12_000 });
    expect(statusOf(world, 32164)).toBe('Scheduled');
  });

  test('Syncro going away leaves words in place of the card, and a way back to it', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    world.syncro.fault({ kind: 'hang', method: 'GET', path: /^\/tickets\/\d+$/, times: 20 });
    await seen.choose('Status', 'Scheduled');
    await seen.waitFor('⏳ Updating #32164 …');
    await seen.waitFor(/didn't answer|hasn't answered(?:.|\n)*Nothing was sent\.(?:.|\n)*\[Show #32164\]/, {
      timeoutMs: 15_000,
    });
    expect(howardOf(world).messages()).toHaveLength(1);
    world.syncro.clearFaults();
    await seen.click('Show #32164');
    await howardOf(world).message(/^#32164 Own cloud thing again\nNew/);
    expect(writes(world)).toEqual([]);
  });

  test('what goes wrong at once is said beside the card, which stays', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    userOf(world, 1750).keys = [];
    await seen.choose('Status', 'Scheduled');
    await howardOf(world).message(/Syncro refused your key(?:.|\n)*Nothing was sent\./);
    expect(seen.text).toContain('Own cloud thing again');
    expect(howardOf(world).messages()).toHaveLength(2);
  });

  test('a refusal is told on the card, which stays', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    userOf(world, 1750).permissions.ticket.write = false;
    await seen.choose('Status', 'Scheduled');
    await seen.waitFor(/^Not updated: #32164(?:.|\n)*Your Syncro account may not do this(?:.|\n)*\[Bill\]/);
  });

  test('Bill, Comment, Update and Close open their forms', async () => {
    const world = await start();
    const seen = await card(world, 32164);
    for (const [button, title] of [
      ['Bill', 'Bill #32164'],
      ['Comment', 'Comment on #32164'],
      ['Update', 'Update #32164'],
      ['Close', 'Close #32164'],
    ] as const) {
      await seen.click(button);
      const form = await howardOf(world).modal(title);
      await form.waitFor('Jerry Burger');
      await form.close();
    }
  });

  test('are none on a shared card', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', 'ticket 32166', { channel: 'C0GENERAL' });
    await (await howardOf(world).message(/#32166 /)).click('Share');
    const shared = await winterOf(world).message(/#32166 /, { channel: 'C0GENERAL' });
    expect(shared.text).not.toMatch(/\[|\$/);
    expect(shared.links()).toContainEqual({ text: '#32166 in Syncro', url: expect.stringMatching(/\/tickets\/\d+$/) });
  });
});

describe('a card', () => {
  test('names the technician also when the ticket carries no name', async () => {
    const world = await start();
    ticketByNumber(world, 32160).user_id = 1760;
    const { users } = world.syncro.state;
    const seen = await card(world, 32160);
    expect(seen.text).toContain('Rob Keane');
    users.splice(users.indexOf(userOf(world, 1760)), 1);
    expect((await card(world, 32160)).text).toContain('· Rob Keane');
  });

  const altered = { kind: 'altered', method: 'GET', times: 9 } as const;
  /** The ticket is somebody's whom it does not name. */
  const assignedTo = async (user: number): Promise<World> => {
    const world = await start({ shop: { timeout: 5 } });
    ticketByNumber(world, 32160).user_id = user;
    world.syncro.fault({ ...altered, path: /^\/tickets\/\d+$/, body: { ticket: { user: null } } });
    return world;
  };

  test('names who is in no list any more by the account’s users', async () => {
    const world = await assignedTo(1799);
    world.syncro.state.users.push({ ...userOf(world, 1760), id: 1799, full_name: 'Lea Left', keys: [] });
    world.syncro.fault({ ...altered, path: '/tickets/settings', body: { users: [{ id: 1760, name: 'Rob Keane' }] } });
    expect((await card(world, 32160)).text).toContain('· Lea Left');
  });

  test.each([
    ['never come', 'hang'],
    ['are refused', '422'],
  ] as const)('names the technician by the settings when the account’s lists %s', async (_what, kind) => {
    const world = await assignedTo(1737);
    world.syncro.fault({ kind, path: '/tickets/settings', times: 9 });
    expect((await ask(howardOf(world), 'ticket 32160', /#32160 /, 4_000)).text).toContain('· Winter Hale');
  });

  test.each([
    ['never come', 'hang'],
    ['are refused', '422'],
  ] as const)('shows without the status menu when the account’s lists %s', async (_what, kind) => {
    const world = await start({ shop: { timeout: 5 } });
    world.syncro.fault({ kind, path: '/tickets/settings', times: 5 });
    const seen = await ask(howardOf(world), 'ticket 32164', /#32164 /, 4_000);
    expect(seen.text).toContain('Own cloud thing again');
    expect(buttonsOf(seen)).toBe('[Bill] [Comment] [Start timer] [⋯ Update · Close · Share · Open in Syncro]');
  });

  test('tells what is invoiced by the invoices where the account flags no lines', async () => {
    const world = await start();
    for (const line of world.syncro.state.lines) Object.assign(line, { converted: false, invoice_id: null });
    expect((await card(world, 32157)).text).toContain(
      'Everything is invoiced\n1.0 h Labor - Remote Business $150.00 · invoiced\n',
    );
    expect((await card(world, 32159)).text).toContain(
      '$175.00 not invoiced  [Invoice $175.00]\n1.0 h Labor - Onsite Business $175.00\n',
    );
  });

  test('of hostile names mentions nobody, also after a change', async () => {
    const world = await start();
    world.syncro.state.settings.ticket_status_list.push('<!here> *done*');
    const seen = await card(world, 32154);
    await seen.choose('Status', '<!here> *done*');
    await seen.waitFor('New → <!here> *done*');
    expect(statusOf(world, 32154)).toBe('<!here> *done*');
  });
});
