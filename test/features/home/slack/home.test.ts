import { describe, expect, test } from '@jest/globals';
import type { Home, MeasuredTimer } from '../../../../src/features/home/read-home.ts';
import { type HomeAround, homeView, refusedHome } from '../../../../src/features/home/slack/view.ts';
import { NOTHING_STANDS_OUT } from '../../../../src/features/tickets/open-list.ts';
import type { BillRun } from '../../../../src/runs/rules/run.ts';
import type { Question, StepState } from '../../../../src/runs/rules/step.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { strangerMessage } from '../../../../src/slack/error.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { ticketId, ticketNumber } from '../../../../src/syncro/ticket.ts';
import { aTicket, hour, howard, noon } from '../../../runs/rules/a-ticket.ts';
import { aBillAt, author } from '../../../runs/slack/a-bill-run.ts';
import { readView } from '../../../slack/rendered.ts';

const around: HomeAround = {
  links: createLinks('https://computerguru.syncromsp.com'),
  now: noon,
  downSince: null,
};
const long = `<!channel> & ${'"x" 🖨️ '.repeat(800)}`;

const empty: Home = {
  technician: howard,
  runs: [],
  timers: [],
  billed: { bills: 0, quantityHundredths: 0, cents: 0, laterCents: 0, timeZone: 'America/Phoenix' },
  tickets: { rows: [], out: NOTHING_STANDS_OUT, more: false, readAt: noon },
  failure: null,
  connection: { author: { ...author, shared: false } },
  isFresh: true,
};

const read = (home: Partial<Home>, more: Partial<HomeAround> = {}): string =>
  readView(homeView({ ...empty, ...home }, { ...around, ...more }));

const intent = { at: noon, settledAt: noon + 150_000, author };
const looks = [{ at: noon + 1_000, found: 0, failed: false }];
const at = (run: BillRun, state: StepState, fields: Partial<BillRun> = {}): BillRun => {
  const index = run.steps.findIndex((step) => step.state.phase !== 'done');
  return { ...run, ...fields, steps: run.steps.map((step, i) => (i === index ? { ...step, state } : step)) };
};
const asking = (question: Question, fields: Partial<BillRun> = {}): BillRun =>
  at(aBillAt('line_item'), { phase: 'asking', question, intent, looks }, { state: 'asking', ...fields });
const unclear = (id: string): BillRun =>
  at(aBillAt('invoice'), { phase: 'unclear', intent, why: 'timeout', looks }, { id });

const aTimer = (minutes: number, state: MeasuredTimer['state'] = 'running', fields = {}): MeasuredTimer => ({
  timer: {
    id: `timer-${minutes}`,
    ticketId: ticketId(77),
    ticketNumber: ticketNumber(32_155),
    subject: 'Printer offline',
    customerName: 'Acme West',
    ...fields,
  },
  minutes,
  state,
});

describe('the Home', () => {
  test('of somebody with nothing to do has one friendly line', () => {
    expect(read({})).toMatchSnapshot();
  });

  test('shows everything, what needs the person first', () => {
    const home = {
      runs: [
        aBillAt('comment', { id: 'ticking' }),
        unclear('waiting'),
        asking({ kind: 'unclear', candidates: [] }, { id: 'asking' }),
      ],
      timers: [aTimer(42), aTimer(95, 'paused')],
      billed: { bills: 3, quantityHundredths: 225, cents: 33_750, laterCents: 0, timeZone: 'America/Phoenix' },
      tickets: {
        rows: [aTicket(), aTicket({ id: ticketId(2), number: ticketNumber(32_163), customerReplied: true })],
        out: NOTHING_STANDS_OUT,
        more: false,
        readAt: noon,
      },
    };
    expect(read(home)).toMatchSnapshot();
  });

  test('before Syncro has answered says that it is being asked, and claims nothing about the day', () => {
    const text = read({ tickets: null, billed: null, connection: null, isFresh: false });
    expect(text).toContain('⏳ Reading your tickets …');
    expect(text).toContain('Connection: asking Syncro …');
    expect(text).not.toMatch(/Today|Nothing open/);
  });

  test('while Syncro is down says since when and from when the list is', () => {
    const failure = new AppError('unreachable', 'Syncro did not answer.');
    const tickets = { rows: [aTicket()], out: NOTHING_STANDS_OUT, more: false, readAt: noon - hour };
    const text = read({ failure, tickets, connection: { error: failure } }, { downSince: noon - 60_000 });
    expect(text).toContain("⏳ Syncro hasn't answered since 11:59 UTC. Everything below is from 2026-11-23 11:00 UTC.");
    expect(text).toContain('#32164');
    expect(text).toContain('Connection: not checked, Syncro did not answer.');
    expect(read({ failure, tickets: null }, { downSince: noon })).toContain("Syncro hasn't answered since");
  });

  test.each([
    ['key_refused', /^! Needs you\n! Syncro refused your key: it may be revoked or expired.*\n\[Connect\]/],
    ['wrong_key', /^! Needs you\n! Words for the person\./],
    ['no_key', /^! Needs you\n! Words for the person\./],
  ] as const)('puts a bad key first: %s', (code, words) => {
    const error = new AppError(code, 'Words for the person.');
    expect(read({ connection: { error }, failure: error, tickets: null })).toMatch(words);
    // Found out by reading, while the last check was still good.
    expect(read({ failure: error })).toMatch(words);
    expect(read({ failure: error })).not.toContain('Connected as');
  });

  test('tells other failures in their words, and bugs without theirs', () => {
    expect(read({ failure: new AppError('not_allowed', 'Not authorized.') })).toContain(
      '! Your tickets could not be read: Not authorized.',
    );
    const bug = read({ failure: new Error('secret /path'), tickets: null });
    expect(bug).toContain('something went wrong on our side');
    expect(bug).not.toContain('secret');
  });

  test('warns whose name things carry with the shared key', () => {
    const connection = { author: { id: 1760, name: 'Rob Keane', shared: true } };
    expect(read({ connection })).toContain('! Connected with the shared key');
    expect(read({ connection })).toContain('as Rob Keane (Syncro user 1760), not under your name');
  });

  test('names the zone of the day only where it is nobody’s', () => {
    const billed = { bills: 1, quantityHundredths: 75, cents: 11_250, laterCents: 0, timeZone: 'UTC' };
    expect(read({ billed })).toContain('Today 1 bill · 0.75 h · $112.50 (since midnight UTC)');
  });

  test('takes the longest and most hostile texts, hundreds of tickets, runs and timers', () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      aTicket({
        id: ticketId(i + 1),
        number: ticketNumber(100_000_000 + i),
        subject: long,
        customerName: long,
        status: long,
        customerReplied: true,
      }),
    );
    const ticket = { ...aBillAt('comment').ticket, subject: long, customerName: long };
    const runs = [
      ...Array.from({ length: 40 }, (_, i) =>
        asking({ kind: 'refused', status: 422, message: long }, { id: `a${i}`, ticket }),
      ),
      ...Array.from({ length: 40 }, (_, i) => ({ ...unclear(`w${i}`), ticket })),
    ];
    const timers = Array.from({ length: 40 }, (_, i) =>
      aTimer(1_440 + i, 'paused', { subject: long, customerName: long }),
    );
    const error = new AppError('wrong_key', long);
    const text = read({
      runs,
      timers,
      tickets: { rows, out: NOTHING_STANDS_OUT, more: true, readAt: noon },
      failure: error,
      connection: { error },
    });
    expect(text).toContain('and 35 more under Messages');
    expect(text).toContain('Your open tickets · 300+');
    expect(text).toContain('[Help] [Refresh]');
  });
});

test('a stranger’s Home holds the refusal and no data', () => {
  const text = readView(refusedHome(strangerMessage('U0GUEST')));
  expect(text).toMatch(/You are not set up to use Syncro here.*U0GUEST/);
  expect(text).not.toContain('/syncro');
});
