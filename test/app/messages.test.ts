import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../sandbox/slack/block-limits.ts';
import { COMMANDS } from '../../src/app/features.ts';
import { customerCardMessage, foundCustomersMessage } from '../../src/features/customers/slack/found-customers.ts';
import { foundTicketsMessage } from '../../src/features/search/slack/found-tickets.ts';
import type { TicketsSummary } from '../../src/features/tickets/list-open.ts';
import { NOTHING_STANDS_OUT } from '../../src/features/tickets/open-list.ts';
import { openListMessage } from '../../src/features/tickets/slack/open-list.ts';
import { summaryMessage } from '../../src/features/tickets/slack/summary.ts';
import { ticketCardMessage } from '../../src/features/tickets/slack/ticket-card.ts';
import { age } from '../../src/features/tickets/slack/ticket-line.ts';
import { uninvoicedMessage } from '../../src/features/tickets/slack/uninvoiced.ts';
import type { TicketCard } from '../../src/features/tickets/view-ticket.ts';
import type { UninvoicedNow } from '../../src/features/tickets/watch-uninvoiced.ts';
import type { Progress, Run } from '../../src/runs/rules/run.ts';
import type { Question, StepState } from '../../src/runs/rules/step.ts';
import { runMessage } from '../../src/runs/slack/message.ts';
import { AppError, type AppErrorCode } from '../../src/shared/errors.ts';
import { line } from '../../src/slack/blocks.ts';
import { aboutMessage, helpMessage, unknownCommandMessage } from '../../src/slack/command.ts';
import { errorMessage, strangerMessage } from '../../src/slack/error.ts';
import { createLinks } from '../../src/slack/links.ts';
import { reply } from '../../src/slack/reply.ts';
import { ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import { aPlan } from '../runs/rules/a-bill.ts';
import {
  aComment,
  aCustomer,
  aLineItem,
  anInvoice,
  aTicket,
  hour,
  jerrysTicketId,
  noon,
} from '../runs/rules/a-ticket.ts';
import { aBillAt, author, BILL_STEPS } from '../runs/slack/a-bill-run.ts';
import { readCommand } from '../slack/read-command.ts';
import { readMessage } from '../slack/rendered.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const long = `<!channel> & ${'"x" 🖨️ '.repeat(800)}`;

describe('the summary', () => {
  const summary = {
    mine: [
      aTicket(),
      aTicket({
        number: ticketNumber(32163),
        status: 'Waiting on Customer',
        customerReplied: true,
        updatedAt: noon - 5 * 24 * hour,
      }),
    ],
    out: NOTHING_STANDS_OUT,
    byStatus: [
      { status: 'In Progress', count: 9 },
      { status: 'New', count: 2 },
    ],
    unassigned: 6,
    open: 11,
    partial: false,
  };

  const none = { found: { tickets: [], unread: 0, more: false }, state: 'known' as const };
  const read = (uninvoiced: UninvoicedNow, change: Partial<TicketsSummary> = {}): string =>
    readMessage(summaryMessage({ ...summary, ...change }, uninvoiced, links, noon));
  const owed = (count: number, unread: number) => ({
    state: 'known' as const,
    found: {
      tickets: Array.from({ length: count }, () => ({ ticket: aTicket(), amountCents: 13_125 })),
      unread,
      more: false,
    },
  });

  test('lists mine and counts everyone’s', () => {
    expect(read(none)).toMatchSnapshot();
  });

  test('marks running timers and what is resolved but not invoiced', () => {
    const [number, late] = [ticketNumber(32_155), ticketNumber(32_150)];
    const out = { ...NOTHING_STANDS_OUT, timers: new Map([[number, 42]]), overdue: new Set([late]) };
    const mine = [...summary.mine, aTicket({ number }), aTicket({ number: late })];
    expect(read(owed(2, 0), { out, mine })).toMatchSnapshot();
  });

  test('says when the money is still being read, and nothing when it could not be', () => {
    expect(read({ state: 'reading' })).toContain('⏳ Still checking what was resolved but never invoiced.  [Show]');
    const failed = read({ state: 'failed' });
    expect(failed).toBe(read(none));
    expect(failed).not.toContain('invoiced');
  });

  test('says how many were not looked into', () => {
    expect(read(owed(1, 30))).toContain('! 1 resolved, never invoiced: $131.25 (30 more not checked yet)  [Show]');
    expect(read(owed(0, 30))).toContain('\nNot every resolved ticket has been checked for charges yet.  [Show]');
  });

  test('of nothing', () => {
    expect(read(none, { mine: [], byStatus: [], unassigned: 0, open: 0 })).toMatchSnapshot();
  });

  test('of hundreds with the longest texts', () => {
    const mine = Array.from({ length: 400 }, (_, i) =>
      aTicket({ number: ticketNumber(100_000_000 + i), subject: long, customerName: long, status: long }),
    );
    const byStatus = Array.from({ length: 60 }, (_, i) => ({ status: `${long}${i}`, count: 1_000 }));
    const timers = new Map(mine.map(({ number }) => [number, 100_000]));
    const out = { ...NOTHING_STANDS_OUT, timers, overdue: new Set(mine.map(({ number }) => number)) };
    const text = read(owed(999, 999), { mine, out, byStatus, unassigned: 99, open: 400, partial: true });
    expect(text).toContain('57000 others');
    expect(text.match(/#\d+/g)).toHaveLength(8);
    expect(text).toContain('[Show all 400]');
  });
});

describe('a list of open tickets', () => {
  const list = {
    filter: { by: 'status' as const, status: 'New' },
    rows: [aTicket({ status: 'New' }), aTicket({ status: 'New', number: ticketNumber(7), customerReplied: true })],
    out: NOTHING_STANDS_OUT,
    page: 2,
    totalPages: 3,
    count: 42,
    byStatus: [
      { status: 'New', count: 42 },
      { status: 'In Progress', count: 9 },
    ],
    partial: false,
  };

  test('has filters, pages and a menu of the statuses that there are', () => {
    expect(readMessage(openListMessage(list, links, noon))).toMatchSnapshot();
  });

  test.each(['mine', 'all', 'unassigned', 'replied', 'overdue', 'attention'] as const)(
    'says when there is none: %s',
    (by) => {
      const none = { ...list, filter: { by }, rows: [], page: 1, totalPages: 1, count: 0, byStatus: [] };
      expect(readMessage(openListMessage(none, links, noon))).toMatchSnapshot();
    },
  );

  test('says that Syncro has more than were read', () => {
    const text = readMessage(openListMessage({ ...list, filter: { by: 'all' }, partial: true }, links, noon));
    expect(text).toContain('Open tickets · 42+ · page 2 of 3');
    expect(text).toContain('Syncro has more open tickets than were read here.');
  });

  test('with the longest texts, and more statuses than a menu takes', () => {
    const status = `${long}1`;
    const rows = Array.from({ length: 20 }, (_, i) =>
      aTicket({
        number: ticketNumber(100_000_000 + i),
        subject: long,
        customerName: long,
        status,
        customerReplied: true,
      }),
    );
    const byStatus = [
      { status, count: 1 },
      { status: '', count: 2 },
      ...Array.from({ length: 150 }, (_, i) => ({ status: `${i}${long}`, count: 100_000 })),
    ];
    readMessage(openListMessage({ ...list, rows, byStatus, filter: { by: 'status', status } }, links, noon));
  });
});

describe('what is resolved and not invoiced', () => {
  const found = { tickets: [{ ticket: aTicket(), amountCents: 17_500 }], unread: 0, more: false };

  test('is a list with amounts', () => {
    expect(readMessage(uninvoicedMessage({ ...found, unread: 12 }, links, noon))).toMatchSnapshot();
    expect(readMessage(uninvoicedMessage(found, links, noon))).not.toContain('Check more');
  });

  test('of nothing', () => {
    expect(readMessage(uninvoicedMessage({ tickets: [], unread: 0, more: false }, links, noon))).toMatchSnapshot();
    const more = readMessage(uninvoicedMessage({ tickets: [], unread: 0, more: true }, links, noon));
    expect(more).toContain('More resolved tickets not checked yet.');
    expect(more).toContain('[Check more]');
  });

  test('of hundreds with the longest texts', () => {
    const tickets = Array.from({ length: 300 }, (_, i) => ({
      ticket: aTicket({ number: ticketNumber(100_000_000 + i), subject: long, customerName: long }),
      amountCents: 999_999_999,
    }));
    expect(readMessage(uninvoicedMessage({ tickets, unread: 99_999, more: true }, links, noon))).toContain(
      'and 280 more',
    );
  });
});

describe('the ticket card', () => {
  const manyStatuses = Array.from({ length: 150 }, (_, i) => `Status ${i}`);
  const card: TicketCard = {
    ticket: aTicket({ priority: '2 Normal', dueAt: noon + 48 * hour }),
    due: '2026-11-25',
    comments: [
      aComment({ hidden: true }),
      aComment({ id: 2, authorId: null, authorName: null, body: 'It stopped again' }),
    ],
    assignee: 'Howard Enos',
    isMine: true,
    statuses: ['New', 'In Progress', 'Resolved'],
    olderComments: 9,
    lineItems: [aLineItem()],
    uninvoiced: [aLineItem()],
    invoices: [],
    prepaidHundredths: 650,
    customerGone: false,
    unreadComments: 0,
  };

  test('shows everything at a glance', () => {
    expect(readMessage(ticketCardMessage(card, links, noon))).toMatchSnapshot();
  });

  test('shared has no buttons and no money', () => {
    const text = readMessage(ticketCardMessage(card, links, noon, { shared: true }));
    expect(text).not.toMatch(/\[|\$|prepaid|invoice/i);
    expect(text).toContain('#32164 in Syncro');
  });

  test('of somebody else’s ticket offers to take it, and no status that it has or that Slack could not carry', () => {
    const other = { ...card, isMine: false, statuses: ['In Progress', 'New', 'New', long, ...manyStatuses] };
    const text = readMessage(ticketCardMessage(other, links, noon));
    // Slack shows five: where there is no room for it, the way to Syncro stands above.
    expect(text).toContain('[⋯ Take · Update · Close · Correct… · Share]');
    expect(text).toContain('#32164 in Syncro');
    const menu = JSON.stringify(ticketCardMessage(other, links, noon).blocks.at(-1));
    expect(menu.match(/"value":"(?:New|In Progress)"/g)).toEqual(['"value":"New"']);
  });

  test('without the account’s list has no status menu', () => {
    expect(JSON.stringify(ticketCardMessage({ ...card, statuses: [] }, links, noon))).not.toContain('static_select');
  });

  test('tells first what a press came to', () => {
    const outcome = reply('Updated #32164.', [line('Updated #32164: New → Resolved.')]);
    expect(readMessage(ticketCardMessage(card, links, noon, { outcome }))).toMatch(
      /^Updated #32164: New → Resolved\.\n/,
    );
  });

  test('shows the newest comments, and all that were read when they are asked for', () => {
    const comments = Array.from({ length: 5 }, (_, id) => aComment({ id, body: `Comment ${id}` }));
    const many = { ...card, comments, olderComments: 4 };
    const text = readMessage(ticketCardMessage(many, links, noon));
    expect(text).toMatch(/Comment 0(?:.|\n)*Comment 1\n\[\+ 7 earlier\]/);
    expect(text).not.toContain('Comment 2');
    const whole = readMessage(ticketCardMessage(many, links, noon, { whole: true }));
    expect(whole).toMatch(/Comment 0(?:.|\n)*Comment 4\n\+ 4 earlier\n/);
  });

  test.each([
    ['is invoiced', { uninvoiced: [], invoices: [anInvoice()] }, 'Everything is invoiced\n'],
    ['nobody charged', { lineItems: [], uninvoiced: [], invoices: [] }, 'Nothing billed yet\n'],
    ['nobody knows', { uninvoiced: null, invoices: null }, "! Syncro's list of invoices can't be read\n"],
  ])('says of money first what %s', (_what, change, words) => {
    expect(readMessage(ticketCardMessage({ ...card, ...change }, links, noon))).toContain(words);
  });

  test('of a bare ticket', () => {
    const bare: TicketCard = {
      due: null,
      assignee: null,
      isMine: false,
      statuses: [],
      uninvoiced: [],
      ticket: aTicket({
        contact: null,
        customerEmail: null,
        technicianName: null,
        priority: null,
        createdAt: null,
        updatedAt: null,
      }),
      comments: [],
      olderComments: 0,
      lineItems: [],
      invoices: [],
      prepaidHundredths: null,
      customerGone: false,
      unreadComments: 0,
    };
    expect(readMessage(ticketCardMessage(bare, links, noon))).toMatchSnapshot();
  });

  test('with the longest texts, a hundred lines and many invoices', () => {
    readMessage(
      ticketCardMessage(
        {
          ticket: aTicket({
            subject: long,
            customerName: long,
            status: long,
            contact: { id: 1, name: long, email: long, phone: long },
          }),
          due: '2026-11-25',
          assignee: long,
          isMine: false,
          statuses: manyStatuses,
          uninvoiced: [],
          comments: Array.from({ length: 5 }, () => aComment({ subject: long, body: long, authorName: long })),
          olderComments: 100_000,
          lineItems: Array.from({ length: 100 }, (_, id) => aLineItem({ id, name: long })),
          invoices: Array.from({ length: 50 }, (_, id) => anInvoice({ id, number: long })),
          prepaidHundredths: 1,
          customerGone: false,
          unreadComments: 0,
        },
        links,
        noon,
      ),
    );
  });
});

describe('found tickets', () => {
  const found = {
    words: 'burger',
    openOnly: false,
    page: 1,
    totalPages: 3,
    count: 41,
    more: false,
    rows: [aTicket()],
    source: { from: 'syncro' },
    hits: new Map(),
  } as const;

  test('are a list with filters and pages', () => {
    expect(readMessage(foundTicketsMessage(found, links, noon, '/syncro'))).toMatchSnapshot();
  });

  test('none', () => {
    const none = { ...found, rows: [], openOnly: true, totalPages: 1, count: 0 };
    expect(readMessage(foundTicketsMessage(none, links, noon, '/syncro'))).toMatchSnapshot();
    expect(readMessage(foundTicketsMessage({ ...none, more: true }, links, noon, '/syncro'))).toContain(
      'None on these pages: try the next ones.',
    );
  });

  test('from the index say so, how old they are, and which comments they were found by', () => {
    const source = { from: 'index', ageMs: 2.5 * 60_000, unread: true, syncroDown: false } as const;
    const hits = new Map([
      [
        jerrysTicketId,
        { text: '… <!channel> *toner* <https://evil.example|ok> …', authorName: null, createdAt: noon, hidden: true },
      ],
    ]);
    const message = foundTicketsMessage({ ...found, source, hits, atLeast: true }, links, noon, '/syncro');
    expect(readMessage(message)).toMatchSnapshot();
    // As it was written, not as Slack would read it.
    expect(JSON.stringify(message.blocks)).toContain('{"type":"text","text":" · internal: … <!channel> *toner*');
    expect(checkMessage(message)).toEqual([]);
  });

  test.each([
    [0, 'under a minute'],
    [61_000, '1 minute'],
    [119 * 60_000, '119 minutes'],
    [3 * 3_600_000, '3 hours'],
    [80 * 3_600_000, '3 days'],
  ])('%p ms old are %s old, and say when Syncro is away', (ageMs, words) => {
    const source = { from: 'index', ageMs, unread: false, syncroDown: true } as const;
    const text = readMessage(foundTicketsMessage({ ...found, source }, links, noon, '/syncro'));
    expect(text).toContain(`Updated ${words} ago: Syncro isn't answering.`);
    expect(text).toContain('[Search Syncro live]');
  });

  test('claim no number of pages that nobody counted', () => {
    const text = readMessage(foundTicketsMessage({ ...found, more: true, page: 3 }, links, noon, '/syncro'));
    expect(text).toContain('41+ tickets for "burger" · page 3\n');
    expect(text).toContain('[Next]');
  });

  test('with the longest words and a full page', () => {
    const rows = Array.from({ length: 50 }, (_, i) =>
      aTicket({ number: ticketNumber(i + 1), subject: long, customerName: long, status: long }),
    );
    readMessage(
      foundTicketsMessage({ ...found, words: `"\\${long}`.slice(0, 200), rows, page: 2 }, links, noon, '/syncro'),
    );
  });
});

describe('found customers', () => {
  const customers = (count: number, name: string) =>
    Array.from({ length: count }, (_, id) => ({
      ...aCustomer({ id: id + 1, name, city: 'Tucson', phone: '5205550100' }),
    }));

  test('are told apart', () => {
    const rows = customers(2, 'John Smith');
    expect(
      readMessage(
        foundCustomersMessage({ words: 'smith', rows, page: 1, totalPages: 2, count: 22, more: false }, links),
      ),
    ).toMatchSnapshot();
  });

  test('are told apart in the menu too, also in one city', () => {
    const rows = customers(2, 'John Smith').map((row) => ({ ...row, phone: `520555010${row.id}` }));
    const found = { words: 'smith', rows, page: 1, totalPages: 1, count: 2, more: false };
    const menu = JSON.stringify(foundCustomersMessage(found, links).blocks.at(-1));
    expect(menu.match(/"John Smith[^"]*"/g)).toEqual(['"John Smith · 520-555-0101"', '"John Smith · 520-555-0102"']);
  });

  test('none', () => {
    expect(
      readMessage(
        foundCustomersMessage({ words: 'x', rows: [], page: 1, totalPages: 1, count: 0, more: false }, links),
      ),
    ).toMatchSnapshot();
  });

  test('with the longest texts', () => {
    const many = {
      words: long.slice(0, 200),
      rows: customers(50, long),
      page: 5,
      totalPages: 9,
      count: 400,
      more: true,
    };
    readMessage(foundCustomersMessage(many, links));
    const nameless = { words: 'x', rows: customers(2, ''), page: 1, totalPages: 1, count: 2, more: false };
    expect(readMessage(foundCustomersMessage(nameless, links))).toContain('Customer 1\n');
  });

  test('card', () => {
    const contacts = [{ id: 1, name: 'Jim', email: 'jim@x.example', phone: null }];
    const card = {
      customer: aCustomer({ prepaidHundredths: 650 }),
      contacts,
      openTickets: [aTicket()],
      moreTickets: false,
    };
    expect(readMessage(customerCardMessage(card, links, noon))).toMatchSnapshot();
    const many = Array.from({ length: 200 }, () => ({ id: 1, name: long, email: long, phone: long }));
    const tickets = Array.from({ length: 200 }, (_, i) => aTicket({ number: ticketNumber(i + 1), subject: long }));
    readMessage(
      customerCardMessage(
        { customer: aCustomer({ name: long, email: long }), contacts: many, openTickets: tickets, moreTickets: true },
        links,
        noon,
      ),
    );
  });
});

const named = (name: string) => {
  const row = COMMANDS.find((each) => each.name === name);
  if (!row) throw new Error(`${name} is no command`);
  return row;
};

describe('help', () => {
  test('lists every command under its name in this workspace', () => {
    expect(readMessage(helpMessage('/syncro', COMMANDS))).toMatchSnapshot();
    expect(readMessage(helpMessage('/tickets', COMMANDS))).toContain('/tickets bill');
  });

  test('shows admins what only they may do', () => {
    expect(readMessage(helpMessage('/syncro', COMMANDS, true))).toMatch(
      /For admins\n\/syncro digest here at <time>\|off {2}every workday/,
    );
    expect(readMessage(aboutMessage('/syncro', named('digest')))).toContain(
      'For admins: /syncro digest here at <time>|off',
    );
  });

  test('explains one command', () => {
    expect(readMessage(aboutMessage('/syncro', named('bill')))).toMatchSnapshot();
  });

  test('answers unknown words with the nearest', () => {
    const refused = (text: string): string => {
      const parsed = readCommand(text);
      if (parsed.ok) throw new Error(`${text} is a command`);
      return readMessage(unknownCommandMessage('/syncro', parsed));
    };
    expect(refused('tikcet 5')).toBe('"tikcet" is not a command. Did you mean /syncro ticket?');
    expect(refused('ticket')).toBe('Which ticket? A number is missing. For example /syncro ticket 32164');
    refused(long);
  });
});

describe('errors', () => {
  const codes: readonly AppErrorCode[] = [
    'not_found',
    'key_refused',
    'not_allowed',
    'wrong_key',
    'no_key',
    'invalid',
    'rate_limited',
    'unreachable',
    'unreadable',
    'busy',
    'stale',
  ];
  const attempt = { command: '/syncro', ref: 'K7Q2MX', who: 'Howard Enos', downSince: noon };

  test.each(codes)('%s says what happened, what was not done, and a reference', (code) => {
    const error = new AppError(code, 'Words of Syncro.', { subject: 'ticket #99999', retryAfterMs: 7_000 });
    const reading = readMessage(errorMessage(error, { ...attempt, writing: false }));
    const writing = readMessage(errorMessage(error, { ...attempt, writing: true }));
    expect(reading).toMatchSnapshot();
    expect(reading).toContain('Nothing was changed.');
    expect(writing).toContain('Nothing was sent.');
    expect(writing).toContain('ref K7Q2MX');
  });

  test('that nobody expected tell nothing about themselves', () => {
    const text = readMessage(errorMessage(new Error('secret /path'), { ...attempt, writing: true }));
    expect(text).toContain('Something went wrong on our side. Nothing was sent.');
    expect(text).not.toContain('secret');
  });

  test('with the longest words', () => {
    readMessage(errorMessage(new AppError('invalid', long), { ...attempt, writing: true }));
    readMessage(errorMessage(new AppError('not_found', long, { subject: long }), { ...attempt, writing: true }));
  });

  test('for strangers carry their member id and no data', () => {
    expect(readMessage(strangerMessage('U0GUEST'))).toMatchSnapshot();
  });

  test.each(['elsewhere', 'not_found', 'not_visible', 'other_app'] as const)(
    'for somebody in the settings don’t ask to add them there (%s)',
    (refused) => {
      expect(readMessage(strangerMessage('U012HOWARD', refused))).toMatchSnapshot();
    },
  );
});

describe('a run’s message', () => {
  const intent = { at: noon, settledAt: noon + 150_000, author };
  const looks = [
    { at: noon + 1_000, found: 0, failed: false },
    { at: noon + 150_000, found: 0, failed: false },
  ];
  const withState = (run: Run, state: StepState, change: Partial<Progress> = {}): Run => {
    const index = run.steps.findIndex((step) => step.state.phase !== 'done');
    return { ...run, ...change, steps: run.steps.map((step, i) => (i === index ? { ...step, state } : step)) };
  };
  const asking = (run: Run, question: Question): Run =>
    withState(run, { phase: 'asking', question, intent, looks }, { state: 'asking' });
  const finished = (run: Run): Run => ({
    ...run,
    state: 'done',
    finishedAt: noon + 4_000,
    steps: run.steps.map((step, i) => ({
      ...step,
      state: { phase: 'done', id: 1_001 + i, number: i === 2 ? '70000' : null, how: 'answered' },
    })),
  });
  const kinds = BILL_STEPS;

  test.each(kinds)('ticks: %s is running', (kind) => {
    expect(readMessage(runMessage(aBillAt(kind), links))).toMatchSnapshot();
  });

  test('ends as the receipt', () => {
    expect(readMessage(runMessage(finished(aBillAt('comment')), links))).toMatchSnapshot();
  });

  test('says what was done about an answer that was lost', () => {
    const [comment, ...others] = finished(aBillAt('comment')).steps;
    if (comment?.state.phase !== 'done') throw new Error('A finished bill begins with its comment');
    const told = (change: Partial<typeof comment>): string =>
      readMessage(
        runMessage({ ...finished(aBillAt('comment')), steps: [{ ...comment, ...change }, ...others] }, links),
      );
    expect(told({ state: { ...comment.state, how: 'found' } })).toContain(
      "Syncro's answer to the comment was lost; I found the comment there and did not send it again.",
    );
    expect(told({ tries: 2 })).toContain(
      "Syncro's answer to the comment was lost and it was not there, so I sent it again: it is there once.",
    );
    expect(told({})).not.toContain('lost');
  });

  test('ends as the receipt of a block', () => {
    const plan = aPlan({ customer: aCustomer({ prepaidHundredths: 650 }) });
    expect(readMessage(runMessage(finished(aBillAt('comment', { plan })), links))).toMatchSnapshot();
  });

  test('claims no amount where the block took an unknown part', () => {
    const plan = aPlan({ customer: aCustomer({ prepaidHundredths: 50 }) });
    const text = readMessage(runMessage(finished(aBillAt('comment', { plan })), links));
    expect(text).toMatch(/ from the block as far as it goes · invoice #70000\n/);
    expect(text).not.toContain('$');
  });

  test('says what of an older line the block paid, as far as the settings know', () => {
    const [remote, onsite] = [1_190_473, 26_118];
    const told = (policy: Parameters<typeof aPlan>[2]): string => {
      const ticket = aTicket({ lineItems: [aLineItem()] });
      const plan = aPlan({ ticket, customer: aCustomer({ prepaidHundredths: 650 }) }, {}, policy);
      return readMessage(runMessage(finished(aBillAt('comment', { plan })), links));
    };
    const both = '\n0.75 h Labor - Remote Business and 1 more line';
    expect(told({ fromBlock: [remote, onsite] })).toContain(`${both} · 1.75 h from the block, 4.75 h left · invoice`);
    const own = { fromBlock: [remote], neverFromBlock: [onsite] };
    expect(told(own)).toContain(`${both} · 0.75 h from the block, 5.75 h left · invoice`);
    expect(told({ fromBlock: [remote] })).toContain(`${both} · at least 0.75 h from the block · invoice`);
  });

  test.each(kinds.filter((kind) => kind !== 'verify_invoice'))('waits after an unclear answer: %s', (kind) => {
    const run = withState(aBillAt(kind), { phase: 'unclear', intent, why: 'timeout', looks });
    expect(readMessage(runMessage(run, links))).toMatchSnapshot();
  });

  test.each(['limited', 'unreachable', 'unreadable', 'fault', 'late_arrivals'] as const)(
    'waits because of %s',
    (reason) => {
      const run = withState(aBillAt('invoice'), {
        phase: 'planned',
        delay: { reason, since: noon, until: noon + 60_000 },
        previous: null,
      });
      expect(readMessage(runMessage(run, links))).toMatchSnapshot();
    },
  );

  test.each<[string, Question]>([
    ['unclear', { kind: 'unclear', candidates: [] }],
    ['unclear, with candidates', { kind: 'unclear', candidates: [1, 2] }],
    [
      'unclear, with another text',
      { kind: 'unclear', candidates: [1], alike: [{ id: 1, text: '<p>Fixed the &lt;sync&gt;</p>' }] },
    ],
    ['doubled', { kind: 'doubled', what: 'line_item', kept: 1, extra: [2, 3] }],
    [
      'doubled, with another text',
      { kind: 'doubled', what: 'line_item', kept: 1, extra: [2], alike: [{ id: 2, text: 'Fixed' }] },
    ],
    ['refused', { kind: 'refused', status: 422, message: "Description can't be blank" }],
    ['refused, 401', { kind: 'refused', status: 401, message: 'Not authorized.' }],
    [
      'changed',
      {
        kind: 'changed',
        changes: [
          { kind: 'contact', id: null, from: 'Jerry', to: null },
          { kind: 'address', from: null, to: 'ann@acme.example' },
          { kind: 'status', from: 'New', to: 'Invoiced' },
          { kind: 'line', id: 1, name: 'Cable', quantityHundredths: 150, rateCents: 500 },
          {
            kind: 'older_line',
            id: 2,
            name: 'Onsite',
            from: { quantityHundredths: 100, rateCents: 17_500 },
            to: { quantityHundredths: 900, rateCents: 17_500, productId: 3 },
          },
          { kind: 'older_line', id: 4, name: 'Drive', from: { quantityHundredths: 50, rateCents: 5_000 }, to: null },
          { kind: 'invoice', id: 2, number: '70009', totalCents: 11_250 },
        ],
      },
    ],
    ['changed, another customer', { kind: 'changed', changes: [{ kind: 'customer', from: 'Burger', to: 'Acme' }] }],
    ['key', { kind: 'key', message: 'Syncro refused the key.' }],
    ['unverifiable', { kind: 'unverifiable', message: 'There is no invoice.' }],
    [
      'mismatch',
      {
        kind: 'mismatch',
        differences: [
          { kind: 'total', expectedCents: 11_250, totalCents: 0 },
          { kind: 'line_missing', line: aPlan().line },
          { kind: 'line_extra', name: 'Cable', quantityHundredths: 100, rateCents: 500 },
          { kind: 'line_price', line: aPlan().line, rateCents: 0 },
          { kind: 'line_taxed', line: aPlan().line },
          { kind: 'wrong_ticket' },
          { kind: 'block', expectedHundredths: 575, actualHundredths: 650 },
        ],
      },
    ],
  ])('needs a person: %s', (_what, question) => {
    for (const kind of kinds) readMessage(runMessage(asking(aBillAt(kind), question), links));
    const at = question.kind === 'mismatch' || question.kind === 'unverifiable' ? 'verify_invoice' : 'comment';
    expect(readMessage(runMessage(asking(aBillAt(at), question), links))).toMatchSnapshot();
  });

  test('says in its notification what it needs a person for', () => {
    const question = { kind: 'refused', status: 422, message: "Description can't be blank" } as const;
    const { text } = runMessage(asking(aBillAt('comment'), question), links);
    expect(text).toBe(
      '! #32164 needs you: Syncro refused the comment: "Description can\'t be blank". Nothing was sent. ' +
        'Done: nothing.   Not done: comment, labor, invoice, check, status.',
    );
  });

  test.each(kinds)('stopped at %s', (kind) => {
    expect(readMessage(runMessage({ ...aBillAt(kind), state: 'stopped', finishedAt: noon }, links))).toMatchSnapshot();
  });

  test('says once that the app restarted', () => {
    const text = readMessage(runMessage(aBillAt('invoice', { resumedAt: noon }), links));
    expect(text.match(/The app restarted at/g)).toHaveLength(1);
  });

  test('with the longest texts', () => {
    const plan = aPlan({
      ticket: aTicket({ subject: long, customerName: long }),
      customer: aCustomer({ name: long, email: long }),
      product: { id: 1, name: long, rateCents: 99_999_999, taxable: false, disabled: false },
    });
    for (const kind of kinds) {
      const run = aBillAt(kind, { plan });
      readMessage(runMessage(run, links));
      readMessage(runMessage(finished(run), links));
      readMessage(runMessage({ ...run, state: 'stopped' }, links));
      readMessage(runMessage(asking(run, { kind: 'refused', status: 422, message: long }), links));
      readMessage(
        runMessage(asking(run, { kind: 'unclear', candidates: Array.from({ length: 900 }, (_, i) => i) }), links),
      );
      const alike = Array.from({ length: 90 }, (_, id) => ({ id, text: long }));
      readMessage(runMessage(asking(run, { kind: 'unclear', candidates: [1], alike }), links));
      readMessage(runMessage(asking(run, { kind: 'doubled', what: 'line_item', kept: 1, extra: [2], alike }), links));
      const changes = Array.from({ length: 90 }, () => ({ kind: 'customer' as const, from: long, to: long }));
      readMessage(runMessage(asking(run, { kind: 'changed', changes }), links));
      const differences = Array.from({ length: 200 }, () => ({ kind: 'line_missing' as const, line: plan.line }));
      readMessage(runMessage(asking(run, { kind: 'mismatch', differences }), links));
    }
  });
});

describe('small words', () => {
  test.each([
    [noon - 5 * 24 * hour, '5 d'],
    [noon - 3 * hour, '3 h'],
    [noon - 1, 'now'],
    [noon + hour, 'now'],
    [null, ''],
  ])('the age of %p is %p', (at, words) => {
    expect(age(at, noon)).toBe(words);
  });

  test('links lead to ids on the account’s own pages', () => {
    expect(links.ticket(ticketId(5))).toBe('https://computerguru.syncromsp.com/tickets/5');
    expect(links.host).toBe('computerguru.syncromsp.com');
  });
});
