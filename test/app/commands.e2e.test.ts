import { describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../sandbox/slack/slack.ts';
import type { World } from '../../sandbox/world.ts';
import { previewBill } from '../features/bill/bill-steps.ts';
import { ticketByNumber, writes } from '../features/tickets/ticket-effects.ts';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

/** Types a command and waits for the answer. */
const ask = async (world: World, text: string, answer: RegExp): Promise<SeenMessage> => {
  const after = howardOf(world).messages().at(-1)?.ts ?? '';
  await howardOf(world).slash('/syncro', text);
  return howardOf(world).message(answer, { after });
};

describe('/syncro alone', () => {
  test('lists my open tickets and counts everyone’s by status', async () => {
    const world = await start();
    const list = await ask(world, '', /Your open tickets/);
    expect(list.ephemeral).toBe(true);
    const { tickets } = world.syncro.state;
    const open = tickets.filter(({ status }) => !['Resolved', 'Invoiced', 'Closed'].includes(status));
    const mine = open.filter(({ user_id }) => user_id === 1750);
    expect(list.text).toContain(`Your open tickets · ${mine.length}`);
    for (const { number } of mine) expect(list.text).toContain(`#${number}`);
    for (const { number } of open.filter(({ user_id }) => user_id !== 1750))
      expect(list.text).not.toContain(`#${number}`);
    expect(list.text).toMatch(/↩ #32163 Waiting on Customer · LeeAnn Parkinson\n\u2003 Remote - Jim cant access/);
    const news = open.filter(({ status }) => status === 'New').length;
    expect(list.text).toMatch(new RegExp(`Team: .*${news} New`));
    expect(list.text).toContain('2 unassigned');
    expect(list.links()).toContainEqual({
      text: '#32164',
      url: 'https://computerguru.syncromsp.com/tickets/108443837',
    });
  });

  test('opens a ticket from its menu', async () => {
    const world = await start();
    const list = await ask(world, '', /Your open tickets/);
    await list.choose('Open a ticket', '#32163');
    const card = await howardOf(world).message(/Restarted, still nothing/);
    expect(card.text).toContain('#32163 Remote - Jim cant access his email');
    expect(list.text).toContain('Your open tickets');
  });

  test('has a friendly line when nothing is open', async () => {
    const world = await start();
    world.syncro.state.tickets.length = 0;
    const list = await ask(world, '', /Your open tickets · 0/);
    expect(list.text).toContain('Nothing open. Nice.');
    expect(list.text).toContain('no open tickets');
  });
});

describe('/syncro ticket', () => {
  test('shows the card: state, customer, dates, charges, comments newest first, buttons', async () => {
    const world = await start();
    const card = await ask(world, 'ticket 32164', /Own cloud thing again/);
    expect(card.ephemeral).toBe(true);
    const text = card.text.split('\n');
    expect(text[0]).toBe('#32164 Own cloud thing again');
    expect(text[1]).toBe('New · 2 Normal · Howard Enos');
    expect(card.text).toContain('Jerry Burger · 520-555-0001\nNo prepaid hours\nNothing billed yet\n');
    await card.click('+ 2 earlier');
    await card.waitFor('does not sync again');
    const bodies = [
      'Rebooted, sync runs again.',
      'It stopped again after lunch.',
      'Looking into it.',
      'does not sync again',
    ];
    const places = bodies.map((body) => card.text.indexOf(body));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(card.text).toMatch(/🔒 Howard Enos · /);
    expect(card.text).toMatch(/Customer · .* · Customer Reply/);
    expect(card.text).toContain(
      '[Bill] [Comment] [Start timer] [Status ▾] [⋯ Update · Close · Share · Open in Syncro]',
    );
    expect(howardOf(world).messages()).toHaveLength(1);
    expect(card.raw.text).toBe('#32164 Own cloud thing again · New · Jerry Burger');
  });

  test.each([
    'ticket #32164',
    '32164',
    '#32164',
    'ticket https://computerguru.syncromsp.com/tickets/108443837',
    'https://computerguru.syncromsp.com/tickets/108443837',
  ])('also understands %s', async (text) => {
    const world = await start();
    await ask(world, text, /#32164 Own cloud thing again/);
  });

  test('does not open an address of another Syncro', async () => {
    const world = await start();
    const words = await ask(world, 'ticket https://other.syncromsp.com/tickets/108443837', /other\.syncromsp\.com/);
    expect(words.text).toContain('other.syncromsp.com is not your Syncro (computerguru.syncromsp.com).');
    expect(words.text).toContain('Nothing was changed.');
    expect(world.syncro.requests).toEqual([]);
  });

  test('opens the right one of two tickets when one’s id is the other’s number', async () => {
    const world = await start();
    expect(ticketByNumber(world, 32101).id).toBe(32164);
    await ask(world, 'ticket 32164', /#32164 Own cloud thing again/);
    await ask(world, 'ticket 32101', /#32101 Old phone system/);
    await ask(world, 'ticket https://computerguru.syncromsp.com/tickets/32164', /#32101 Old phone system/);
  });

  test('tells invoiced lines from others', async () => {
    const world = await start();
    const invoiced = await ask(world, 'ticket 32157', /Backup alarm/);
    expect(invoiced.text).toContain('1.0 h Labor - Remote Business $150.00 · invoiced');
    expect(invoiced.text).toContain('Invoice #69987 $150.00 · paid');
    const open = await ask(world, 'ticket 32159', /Router keeps rebooting/);
    expect(open.text).toContain('$175.00 not invoiced  [Invoice $175.00]\n1.0 h Labor - Onsite Business $175.00\n');
  });

  test('shows the prepaid block', async () => {
    const world = await start();
    const card = await ask(world, 'ticket 32165', /Email signatures/);
    expect(card.text).toContain('6.5 prepaid hours left');
  });

  test('stays a card with 400 comments and 100 lines', async () => {
    const world = await start();
    const card = await ask(world, 'ticket 32120', /Office move/);
    expect(card.text).toContain('Entry 400 of the move diary.');
    expect(card.text).not.toContain('Entry 395 ');
    expect(card.text).toContain('[+ 398 earlier]');
    expect(card.text).toContain('+ 94 earlier lines');
    const preview = await previewBill(howardOf(world), 32120);
    expect(preview.text()).toContain('and 90 more');
    expect(preview.text()).toContain('→ total $4,487.50');
    await preview.submit(/^Bill /);
    await howardOf(world).message(/Billed #32120 [^$£]*\$4,487\.50/, { timeoutMs: 8000 });
  });
});

describe('Share', () => {
  test('posts the card for everybody, without the buttons of who shared it', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'ticket 32164', { channel: 'C0GENERAL' });
    const card = await howard.message(/Own cloud thing again/);
    expect(world.slack.person('U012WINTER').messages()).toEqual([]);
    await card.click('Share');
    const shared = await world.slack.person('U012WINTER').message(/Own cloud thing again/, { channel: 'C0GENERAL' });
    expect(shared.ephemeral).toBe(false);
    expect(shared.text).toContain('#32164 in Syncro');
    expect(shared.text).not.toMatch(/\[/);
    expect(writes(world)).toEqual([]);
  });
});

describe('/syncro search', () => {
  test('finds by number, subject, customer and comment', async () => {
    const world = await start();
    await ask(world, 'search 32164', /#32164 [^#]*Own cloud thing again/);
    await ask(world, 'search mailbox migration', /#32156/);
    await ask(world, 'search burger', /#32164(?:.|\n)*#32159/);
    const found = await ask(world, 'search restarted, still nothing', /tickets? for "restarted/);
    expect(found.text).toContain('#32163');
    expect(found.text).not.toContain('#32164');
    expect(found.ephemeral).toBe(true);
  });

  test('shows every ticket in two lines', async () => {
    const world = await start();
    const found = await ask(world, 'search burger', /for "burger"/);
    expect(found.text).toMatch(/^\u2003 #32164 New · Jerry Burger\n\u2003 Own cloud thing again · \d+ [dh]$/m);
  });

  test('says when nothing was found, and what to try', async () => {
    const world = await start();
    const found = await ask(world, 'search zzzzz', /No tickets for "zzzzz"/);
    expect(found.text).toMatch(/Try fewer words/);
  });

  test('narrows to open tickets and back, in the same message', async () => {
    const world = await start();
    const found = await ask(world, 'search acme', /for "acme"/);
    expect(found.text).toContain('Resolved');
    await found.click('Only open');
    await found.waitFor('only open ones');
    expect(found.text).not.toContain('Resolved');
    expect(found.text).toContain('#32150');
    await found.click('Include closed');
    await found.waitFor('[Only open]');
    expect(found.text).toContain('Resolved');
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('turns pages of its own, whatever Syncro’s hold', async () => {
    const world = await start({ syncro: { data: 'full' } });
    const found = await ask(world, 'search please have a look', /50\+ tickets for .* · page 1\n/);
    const seen: string[] = [];
    const numbers = () => found.text.match(/^[^#]? #\d+/gm) ?? [];
    expect(found.text).not.toContain('[Previous]');
    for (const page of [2, 3]) {
      seen.push(...numbers());
      await found.click('Next');
      await found.waitFor(` page ${page}`);
    }
    const [, count = '', pages = ''] = /^(\d+) tickets .* page 3 of (\d+)/.exec(found.text) ?? [];
    for (let page = 4; page <= Number(pages); page++) {
      seen.push(...numbers());
      await found.click('Next');
      await found.waitFor(` page ${page} of ${pages}`);
    }
    seen.push(...numbers());
    expect(found.text).not.toContain('[Next]');
    expect(seen).toHaveLength(Number(count));
    expect(new Set(seen).size).toBe(seen.length);
    const before = world.syncro.requests.length;
    await found.click('Previous');
    await found.waitFor(` page ${Number(pages) - 1} of ${pages}`);
    expect(world.syncro.requests.length).toBe(before);
  });

  test('opens a hit', async () => {
    const world = await start();
    const found = await ask(world, 'search burger', /for "burger"/);
    await found.choose('Open a ticket', '#32157');
    await howardOf(world).message(/#32157 Backup alarm\nIn Progress/);
  });
});

describe('/syncro customers', () => {
  test('tells alike ones apart', async () => {
    const world = await start();
    const found = await ask(world, 'customers smith', /2 customers for "smith"/);
    expect(found.text).toMatch(/ John Smith\s*\n.*Tucson/);
    expect(found.text).toMatch(/ John Smith\s*\n.*Phoenix/);
    await found.choose('Open a customer', 'John Smith · Phoenix');
    const card = await howardOf(world).message(/Open tickets · 1/);
    expect(card.text).toContain('#32149');
  });

  test('shows the card of the only one', async () => {
    const world = await start();
    const card = await ask(world, 'customers dental', /Desert Dental/);
    expect(card.text).toContain('6.5 prepaid hours left');
    expect(card.text).toContain('Dana Frost');
    expect(card.text).toContain('#32165');
    expect(card.links().map(({ url }) => url)).toContain('https://computerguru.syncromsp.com/customers/33401006');
  });

  test('says when there is none', async () => {
    const world = await start();
    await ask(world, 'customers zzzzz', /No customers for "zzzzz"/);
  });
});

describe('/syncro help', () => {
  test('lists every command in one line each', async () => {
    const world = await start();
    const help = await ask(world, 'help', /What \/syncro can do/);
    for (const word of ['ticket', 'bill', 'search', 'customers', 'help'])
      expect(help.text).toContain(`/syncro ${word}`);
    expect(help.ephemeral).toBe(true);
  });

  test('shows admins alone what only they may do', async () => {
    const world = await start();
    const help = await ask(world, 'help', /What \/syncro can do/);
    expect(help.text).not.toContain('For admins');
    await world.slack.person('U012MIKE').slash('/syncro', 'help');
    const more = await world.slack.person('U012MIKE').message(/What \/syncro can do/);
    expect(more.text).toMatch(/For admins\n\/syncro digest here at <time>\|off/);
  });

  test('explains one command with an example', async () => {
    const world = await start();
    const help = await ask(world, 'help bill', /\/syncro bill <number>/);
    expect(help.text).toContain('/syncro bill 32164 45m remote');
    expect(help.text).not.toContain('customers');
  });
});
