import { describe, expect, test } from '@jest/globals';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { TicketRow } from '../../../sandbox/syncro/rows.ts';
import type { World } from '../../../sandbox/world.ts';
import { isOverdue } from '../../../src/shared/calendar.ts';
import { callApi } from '../../sandbox/slack/call-api.ts';
import { howardOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber, writes } from './ticket-effects.ts';

const start = useWorld();
const DONE = ['Resolved', 'Invoiced', 'Closed'];

const summaryOf = async (world: World): Promise<SeenMessage> => {
  const after = howardOf(world).messages().at(-1)?.ts ?? '';
  await howardOf(world).slash('/syncro');
  return howardOf(world).message(/Your open tickets/, { after, timeoutMs: 8_000 });
};

/** The ticket numbers of a list's rows, from above. */
const numbersIn = ({ text }: SeenMessage): number[] =>
  [...text.matchAll(/^[↩▸!\u2003] #(\d+) /gmu)].map(([, number]) => Number(number));

const isLate = ({ due_date }: TicketRow): boolean =>
  due_date !== null && isOverdue(Date.parse(due_date), Date.now(), 'America/Phoenix');

/** In the order of every list; nobody has a timer running. */
const openTickets = ({ syncro }: World, fits: (row: TicketRow) => boolean = () => true): number[] => {
  const rank = (row: TicketRow): number => (row.customer_reply ? 0 : isLate(row) ? 1 : 2);
  return syncro.state.tickets
    .filter((row) => !DONE.includes(row.status) && fits(row))
    .toSorted((a, b) => rank(a) - rank(b) || Date.parse(b.updated_at) - Date.parse(a.updated_at) || b.number - a.number)
    .map(({ number }) => number);
};

const openList = async (world: World): Promise<SeenMessage> => {
  const list = await summaryOf(world);
  await list.click('Show team');
  return list.waitFor(/^Open tickets · /);
};

/** A message of the app with one button, as the digest or an older version has it. */
const withButton = async (
  world: World,
  { actionId, value, shared = false }: { actionId: string; value?: string; shared?: boolean },
): Promise<SeenMessage> => {
  const button = { type: 'button', text: { type: 'plain_text', text: 'Go' }, action_id: actionId };
  const answer = await callApi(world.slack, shared ? 'chat.postMessage' : 'chat.postEphemeral', {
    channel: 'C0GENERAL',
    text: 'The digest of the day',
    ...(shared ? {} : { user: 'U012HOWARD' }),
    blocks: [{ type: 'actions', elements: [value === undefined ? button : { ...button, value }] }],
  });
  expect(answer.ok).toBe(true);
  return howardOf(world).message(/\[Go\]/);
};

/** Everything that Syncro was asked since. */
const requestsSince = (world: World, before: number): readonly string[] =>
  world.syncro.requests.slice(before).map(({ method, path }) => `${method} ${path}`);

/** Syncro with this many more open tickets, all of Howard's. */
const addTickets = (world: World, count: number, change: Partial<TicketRow> = {}): void => {
  const model = ticketByNumber(world, 32164);
  for (let i = 0; i < count; i++)
    world.syncro.state.tickets.push({ ...model, id: 200_000_000 + i, number: 40_000 + i, ...change });
};

describe('the summary', () => {
  test('reads as the screens show it, what is most urgent first', async () => {
    const world = await start();
    const list = await summaryOf(world);
    expect(numbersIn(list)).toEqual(openTickets(world, ({ user_id }) => user_id === 1750));
    expect(list.text).toMatch(/^↩ #32163 .*\n\u2003 Remote - Jim cant access his email · 7 h$/m);
    expect(list.text.split('\n').slice(-4)).toEqual([
      '[Open a ticket ▾] [Show team]',
      expect.stringMatching(/^Team: \d+ .* · 2 unassigned$/),
      '! 2 resolved, never invoiced: $262.50  [Show]',
      '[Bill] [New ticket] [Search]',
    ]);
    expect(list.raw.text).toContain('2 resolved, never invoiced: $262.50');
  });

  test('costs one request when asked again within the minute', async () => {
    const world = await start();
    await summaryOf(world);
    const before = world.syncro.requests.length;
    await summaryOf(world);
    expect(requestsSince(world, before)).toEqual(['GET /tickets?status=Not+Closed']);
  });

  test('shows the list when the money can’t be read, without that line', async () => {
    const world = await start();
    world.syncro.fault({ kind: '422', method: 'GET', path: '/tickets/settings', times: 9 });
    const list = await summaryOf(world);
    expect(numbersIn(list)).toContain(32164);
    expect(list.text).not.toContain('invoiced');
  });

  test('does not wait for money that is slow to read', async () => {
    const world = await start({ shop: { timeout: 20 } });
    world.syncro.fault({ kind: 'hang', path: '/tickets/settings' });
    const began = performance.now();
    const list = await summaryOf(world);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(numbersIn(list)).toContain(32164);
    expect(list.text).toContain('⏳ Still checking what was resolved but never invoiced.  [Show]');
    world.syncro.down(true);
  });

  test('says what is wrong when the tickets can’t be read, whatever the money says', async () => {
    const world = await start();
    world.syncro.fault({ kind: '422', path: '/tickets', body: { error: 'No list today' }, times: 1 });
    await howardOf(world).slash('/syncro');
    const words = await howardOf(world).message(/No list today/);
    expect(words.text).toContain('Nothing was changed.');
  });

  test('of more than a page goes on as a list', async () => {
    const world = await start();
    addTickets(world, 30);
    const list = await summaryOf(world);
    const mine = openTickets(world, ({ user_id }) => user_id === 1750);
    expect(numbersIn(list)).toEqual(mine.slice(0, 8));
    const before = world.syncro.requests.length;
    await list.click(`Show all ${mine.length}`);
    await list.waitFor(/Your open tickets · \d+ · page 1 of 2/);
    expect(numbersIn(list)).toEqual(mine.slice(0, 20));
    await list.click('Next');
    await list.waitFor(/Your open tickets · \d+ · page 2 of 2/);
    expect(numbersIn(list)).toEqual(mine.slice(20));
    expect(requestsSince(world, before)).toEqual([]);
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('knows all of mine where everybody’s are thousands', async () => {
    const world = await start({ syncro: { requestsPerMinute: 0 } });
    addTickets(world, 5_000, { user_id: 1737 });
    const began = performance.now();
    const before = process.memoryUsage().heapUsed;
    const list = await summaryOf(world);
    const mine = openTickets(world, ({ user_id }) => user_id === 1750);
    expect(numbersIn(list)).toEqual(mine.slice(0, 8));
    expect(list.text).toContain('(of the first pages; there are more)');
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024);
    await list.click('Show team');
    await list.waitFor(/Open tickets · \d+\+ · page 1 of/);
  });
});

describe('lists of open tickets', () => {
  test.each<[string, string, (row: TicketRow) => boolean]>([
    ['Mine', 'Your open tickets', ({ user_id }) => user_id === 1750],
    ['Unassigned', 'Unassigned', ({ user_id }) => user_id === null],
    ['Replied', 'Customer replied', ({ customer_reply }) => customer_reply],
    ['Overdue', 'Overdue', isLate],
    ['Team', 'Open tickets', () => true],
  ])('%s shows those alone, in the same message', async (button, title, fits) => {
    const world = await start();
    const list = await openList(world);
    if (button === 'Team') await list.click('Mine');
    const wanted = openTickets(world, fits);
    await list.click(button);
    await list.waitFor(new RegExp(`^${title} · ${wanted.length}$`, 'm'));
    expect(numbersIn(list)).toEqual(wanted);
    expect(howardOf(world).messages()).toHaveLength(1);
  });

  test('of a status, chosen from those that open tickets have', async () => {
    const world = await start();
    const list = await openList(world);
    await list.choose('Status', 'Customer Reply');
    await list.waitFor(/^Customer Reply · 2$/m);
    expect(numbersIn(list)).toEqual([32161, 32150]);
    await list.choose('Open a ticket', '#32150');
    await howardOf(world).message(/#32150 VPN drops every hour\nCustomer Reply/);
    expect(list.text).toContain('Customer Reply · 2');
  });

  test('of a status longer than a menu can carry', async () => {
    const world = await start();
    const status = `Waiting for ${'somebody & '.repeat(12)}`.trim();
    ticketByNumber(world, 32164).status = status;
    const list = await openList(world);
    await list.choose('Status', 'Waiting for somebody');
    await list.waitFor(/^Waiting for somebody & .*· 1$/m);
    expect(numbersIn(list)).toEqual([32164]);
  });

  test('turn pages without asking Syncro again, and without a jump', async () => {
    const world = await start({ syncro: { data: 'full' } });
    const list = await openList(world);
    const all = openTickets(world);
    const pages = Math.ceil(all.length / 20);
    const before = world.syncro.requests.length;
    const seen = numbersIn(list);
    // Meanwhile the newest ticket is done: a page read anew would leave one out.
    ticketByNumber(world, all[0] ?? 0).status = 'Resolved';
    for (let page = 2; page <= pages; page++) {
      await list.click('Next');
      await list.waitFor(`page ${page} of ${pages}`);
      seen.push(...numbersIn(list));
    }
    expect(seen).toEqual(all);
    expect(list.text).not.toContain('[Next]');
    await list.click('Previous');
    await list.waitFor(`page ${pages - 1} of ${pages}`);
    expect(requestsSince(world, before)).toEqual([]);
  });

  test('answer beside a message that others read, to the presser alone', async () => {
    const world = await start();
    const value = JSON.stringify({ f: 'unassigned', p: 1 });
    const digest = await withButton(world, { actionId: 'open:list', value, shared: true });
    await digest.click('Go');
    const list = await howardOf(world).message(/^Unassigned · 2/);
    expect(list.ephemeral).toBe(true);
    expect(numbersIn(list)).toEqual([32150, 32166]);
    expect(digest.text).toContain('[Go]');
    expect(
      winterOf(world)
        .messages({ channel: 'C0GENERAL' })
        .map(({ text }) => text),
    ).toEqual([digest.text]);
    await list.click('Overdue');
    await list.waitFor(/^Overdue · /);
  });

  test.each([
    ['an older version’s', 'open:tickets', '1'],
    ['no JSON', 'open:list', 'mine'],
    ['no value', 'open:list', undefined],
    ['an unknown filter', 'open:list', '{"f":"secret","p":1}'],
    ['no status', 'open:list', '{"f":"status","p":1}'],
    ['an endless status', 'open:list', `{"f":"status","s":"${'x'.repeat(1_500)}","p":1}`],
    ['page 0', 'open:next', '{"f":"all","p":0}'],
    ['a page of text', 'open:next', '{"f":"all","p":"2"}'],
    ['a page beyond numbers', 'open:next', '{"f":"all","p":1e300}'],
    ['a prototype', 'open:next', '{"__proto__":{"f":"all"},"p":1}'],
    ['a search without words', 'search:next', '{"q":"  ","o":true,"p":1}'],
    ['a search of megabytes', 'search:next', `{"q":"${'x'.repeat(1_900)}","o":true,"p":1}`],
    ['a search of numbers', 'search:next', '{"q":5,"o":true,"p":1}'],
    ['customers of nothing', 'customers:next', '{"q":"","p":1}'],
    ['an inherited id', 'constructor', '{}'],
  ])('refuse a button that holds %s', async (_what, actionId, value) => {
    const world = await start();
    const message = await withButton(world, { actionId, ...(value === undefined ? {} : { value }) });
    await message.click('Go');
    const words = await howardOf(world).message(/This button is out of date\. Run the command again\./);
    expect(words.text).toMatch(/Nothing was (changed|sent)\./);
    expect(world.syncro.requests).toEqual([]);
  });

  test('show the last page for one that is gone', async () => {
    const world = await start();
    const value = JSON.stringify({ f: 'status', s: '<!channel>', p: 9_999 });
    const message = await withButton(world, { actionId: 'open:next', value });
    await message.click('Go');
    await message.waitFor('No open ticket has the status "<!channel>".');
    const all = await withButton(world, { actionId: 'open:next', value: '{"f":"all","p":9999}' });
    await all.click('Go');
    await all.waitFor(/^Open tickets · \d+/);
    expect(numbersIn(all)).toEqual(openTickets(world));
  });

  test('are nobody else’s to press', async () => {
    const world = await start();
    const value = JSON.stringify({ f: 'all', p: 1 });
    world.slack.workspace.channels.get('C0GENERAL')?.members.add('U0GUEST');
    await withButton(world, { actionId: 'open:list', value, shared: true });
    const guest = world.slack.person('U0GUEST');
    await (await guest.message(/\[Go\]/)).click('Go');
    await guest.message(/You are not set up to use Syncro here/);
    expect(world.syncro.requests).toEqual([]);
  });

  test('say when Syncro does not answer, and stay', async () => {
    const world = await start();
    const list = await openList(world);
    const before = list.text;
    const other = await withButton(world, { actionId: 'open:list', value: '{"f":"all","p":1}', shared: true });
    world.syncro.down(true);
    await world.stopApp();
    await world.startApp();
    await other.click('Go');
    const words = await howardOf(world).message(/Syncro (didn't answer|hasn't answered)/, { timeoutMs: 15_000 });
    expect(words.text).toContain('Nothing was changed.');
    expect(list.text).toBe(before);
  });
});

describe('what is resolved and not invoiced', () => {
  test('is a list with amounts that leads to the cards', async () => {
    const world = await start();
    const summary = await summaryOf(world);
    await summary.click('Show');
    const list = await howardOf(world).message(/^2 resolved, never invoiced: \$262\.50\n/);
    expect(list.text).toMatch(/^\u2003 #32160 \$175\.00 · Acme West\n\u2003 Switch replaced · \d d$/m);
    expect(list.text).toMatch(/^\u2003 #32158 \$87\.50 · Acme East\n\u2003 Cabling in the back office · \d+ d$/m);
    expect(summary.text).toContain('Your open tickets');
    await list.choose('Open a ticket', '#32160');
    const card = await howardOf(world).message(/#32160 Switch replaced\n#32160 in Syncro\nResolved/);
    expect(card.text).toContain('[Bill]');
    expect(writes(world)).toEqual([]);
  });

  test('goes on where many were resolved', async () => {
    const world = await start({ syncro: { requestsPerMinute: 0 } });
    addTickets(world, 70, { status: 'Resolved', updated_at: new Date().toISOString() });
    const summary = await summaryOf(world);
    await summary.click('Show');
    const list = await howardOf(world).message(/25\+ more resolved tickets not checked yet/);
    for (let rounds = 0; list.text.includes('[Check more]'); rounds++) {
      expect(rounds).toBeLessThan(3);
      const before = list.text;
      await list.click('Check more');
      await world.slack.until(() => list.text !== before);
    }
    expect(list.text).toContain('2 resolved, never invoiced: $262.50');
    expect(numbersIn(list)).toEqual([32160, 32158]);
  });
});

describe('the search form', () => {
  test('asks for words and answers where it was opened', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', '', { channel: 'C0GENERAL' });
    const summary = await howard.message(/Your open tickets/);
    await summary.click('Search');
    const form = await howard.modal('Search tickets');
    await form.type('Words', ' burger ');
    await form.submit('Search');
    await howard.noModal();
    const found = await howard.message(/tickets for "burger"/);
    expect(found.ephemeral).toBe(true);
    expect(found.channel).toBe('C0GENERAL');
    await found.click('Mine');
    await found.waitFor('only mine');
    await found.click('Only open');
    await found.waitFor('only open ones, only mine');
    expect(winterOf(world).messages()).toEqual([]);
  });

  test('opens for what looks like a key and may be the number of a part', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'search a8f5f167f44f4964e6c998dee827110c');
    const refused = await howard.message(/looks like a key/);
    expect(refused.text).not.toContain('a8f5f167');
    await refused.click('Search in a form');
    const form = await howard.modal('Search tickets');
    await form.type('Words', 'a8f5f167f44f4964e6c998dee827110c');
    await form.submit('Search');
    await howard.message(/No ticket|no ticket/);
  });

  test('answers in direct messages where the app is no member', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', '', { channel: 'C0GENERAL' });
    const summary = await howard.message(/Your open tickets/);
    await summary.click('Search');
    world.slack.workspace.channels.get('C0GENERAL')?.members.delete(world.slack.botUserId);
    const form = await howard.modal('Search tickets');
    await form.type('Words', 'burger');
    await form.submit('Search');
    await howard.noModal();
    await howard.message(/tickets for "burger"/);
    const [found] = howard.dm();
    expect(found?.text).toContain('tickets for "burger"');
    await found?.click('Only open');
    await found?.waitFor('only open ones');
    expect(howard.dm()).toHaveLength(1);
  });

  test('wants words', async () => {
    const world = await start();
    await (await summaryOf(world)).click('Search');
    const form = await howardOf(world).modal('Search tickets');
    await form.type('Words', '   ');
    expect((await form.submit('Search')).errors).toEqual({ Words: 'Search for what?' });
  });

  test('keeps the words when Syncro refuses, and says what it said', async () => {
    const world = await start();
    await (await summaryOf(world)).click('Search');
    const form = await howardOf(world).modal('Search tickets');
    await form.type('Words', 'burger');
    world.syncro.fault({ kind: '422', path: '/tickets', body: { error: 'Not today' } });
    await form.submit('Search');
    await form.waitFor('Not today');
    expect(form.value('Words')).toBe('burger');
    await form.submit('Search');
    await howardOf(world).message(/tickets for "burger"/);
  });

  test('says that it searches when that takes long, and then that it is through', async () => {
    const world = await start({ shop: { timeout: 10 } });
    await (await summaryOf(world)).click('Search');
    const form = await howardOf(world).modal('Search tickets');
    await form.type('Words', 'burger');
    world.syncro.setLatency(2_200);
    const { ackMs } = await form.submit('Search');
    expect(ackMs).toBeLessThan(2_500);
    expect(form.text()).toContain('Searching …');
    await howardOf(world).message(/tickets for "burger"/);
    await form.waitFor('✓ What was found is in the message below.');
  });
});

describe('search', () => {
  test('finds a number first, also when it is closed, with or without #', async () => {
    const world = await start();
    const howard = howardOf(world);
    for (const words of ['32160', '#32160']) {
      const after = howard.messages().at(-1)?.ts ?? '';
      await howard.slash('/syncro', `search ${words}`);
      const found = await howard.message(new RegExp(`for "${words}"`), { after });
      expect(numbersIn(found)[0]).toBe(32160);
    }
  });

  test('says what to try when nothing is found, and looks wider with a press', async () => {
    const world = await start();
    const howard = howardOf(world);
    await howard.slash('/syncro', 'search switch');
    const found = await howard.message(/1 ticket for "switch"/);
    await found.click('Mine');
    await found.waitFor('No tickets for "switch", only mine. Widen the search with the buttons below.');
    expect(found.text).not.toContain('[Mine]');
    await found.click("Everyone's");
    await found.waitFor('1 ticket for "switch"');
    await howard.slash('/syncro', 'search zzzzz');
    const none = await howard.message(/No tickets for "zzzzz"/);
    expect(none.text).toContain('/syncro customers <words>');
    expect(none.text).not.toMatch(/\[/);
  });

  test('searches for the beginning of words without end, on every page', async () => {
    const world = await start();
    await howardOf(world).slash('/syncro', `search ${'🖨️ "x" '.repeat(400)}`);
    await howardOf(world).message(/No tickets for/);
    const asked = world.syncro.requests.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('query') ?? '');
    expect(asked.every((query) => query.length <= 200 && query.isWellFormed())).toBe(true);
  });
});

describe('customers', () => {
  test('are found by name, phone and email', async () => {
    const world = await start({ syncro: { data: 'full' } });
    const howard = howardOf(world);
    await howard.slash('/syncro', 'customers roofing');
    const found = await howard.message(/\d+ customers for "roofing"/);
    expect(found.text.match(/^\u2003 .*roofing.*\n\u2003 520-?555.* · office@/gim)?.length).toBeGreaterThan(5);
    await howard.slash('/syncro', 'customers jerry@customer.example');
    await howard.message(/Jerry Burger\s*\n.*jerry@customer\.example/);
    await howard.slash('/syncro', 'customers 5205550006');
    await howard.message(/2 customers for "5205550006"\n\u2003 Desert Dental.*\n.*\n\u2003 Catalina Realty/);
    await howard.slash('/syncro', 'customers desert dental');
    const card = await howard.message(/^Desert Dental\n/);
    expect(card.text).toContain('6.5 prepaid hours left');
    expect(card.text).toContain('Dana Frost');
    expect(numbersIn(card)).toEqual([32165]);
  });

  test('in pages of a list’s length, without asking again', async () => {
    const world = await start({ syncro: { data: 'full' } });
    const howard = howardOf(world);
    await howard.slash('/syncro', 'customers @');
    const found = await howard.message(/40 customers for "@" · page 1 of 2/);
    const before = world.syncro.requests.length;
    await found.click('Next');
    await found.waitFor('page 2 of 2');
    expect(found.text.split('\n').filter((row) => row.includes('.example'))).toHaveLength(20);
    expect(requestsSince(world, before)).toEqual([]);
  });
});
