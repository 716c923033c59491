import { describe, expect, test } from '@jest/globals';
import { logTimePreview, logTimeView } from '../../../../src/features/time/slack/form.ts';
import {
  notStoppedMessage,
  timerDiscardedMessage,
  timerListMessage,
  timerPausedMessage,
  timerResumedMessage,
  timerStartedMessage,
  timerStoppedMessage,
} from '../../../../src/features/time/slack/messages.ts';
import type { OpenTimer } from '../../../../src/features/time/timers.ts';
import { runMessage } from '../../../../src/runs/slack/message.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { ticketId, ticketNumber } from '../../../../src/syncro/ticket.ts';
import { author } from '../../../runs/rules/a-run.ts';
import { aTicket, minute, noon, remoteLabor } from '../../../runs/rules/a-ticket.ts';
import { aTimePlan, aTimerRun } from '../../../runs/rules/a-timer-run.ts';
import { readMessage, readView } from '../../../slack/rendered.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const number = ticketNumber(32_164);

const anOpen = (fields: Partial<OpenTimer> = {}, timer: Partial<OpenTimer['timer']> = {}): OpenTimer => ({
  timer: {
    id: 'timer-1',
    technician: 'U012HOWARD',
    ticketId: ticketId(108_443_837),
    ticketNumber: number,
    subject: 'Own cloud thing again',
    customerName: 'Jerry Burger',
    startedAt: noon,
    stoppedAt: noon + 42 * minute,
    earlier: [],
    ...timer,
  },
  minutes: 42,
  state: 'paused',
  unsure: null,
  ...fields,
});
const running = anOpen(
  { state: 'running', minutes: 7 },
  { id: 'timer-2', ticketNumber: ticketNumber(101), stoppedAt: null },
);
const hostile = anOpen(
  { minutes: 6_000, unsure: 'K7Q2MX' },
  {
    subject: `<!channel> & <https://evil.example|click> ${'"x" 🖨️ '.repeat(900)}`,
    customerName: `*Sons* \n${'مرحبا '.repeat(500)}`,
  },
);

describe('what is said about timers', () => {
  test('when one starts, runs already, is resumed, or there is none to resume', () => {
    const started = { outcome: 'started', running, paused: anOpen() } as const;
    expect(readMessage(timerStartedMessage(started, links))).toMatchSnapshot();
    expect(readMessage(timerStartedMessage({ outcome: 'same', running }, links))).toMatchSnapshot();
    const resumed = { outcome: 'resumed', running, paused: null } as const;
    expect(readMessage(timerResumedMessage(resumed, null, links, '/syncro'))).toMatchSnapshot();
    const none = { outcome: 'none', open: [running] } as const;
    expect(readMessage(timerResumedMessage(none, number, links, '/syncro'))).toMatchSnapshot();
  });

  test('when one stops, is paused, is discarded, or none was stopped', () => {
    expect(readMessage(timerStoppedMessage(anOpen(), links))).toMatchSnapshot();
    expect(readMessage(timerPausedMessage(anOpen(), links))).toMatchSnapshot();
    expect(readMessage(timerDiscardedMessage(anOpen()))).toMatchSnapshot();
    const none = { outcome: 'none', open: [] } as const;
    expect(readMessage(notStoppedMessage(none, null, links, '/syncro'))).toMatchSnapshot();
    expect(readMessage(notStoppedMessage({ outcome: 'other', running }, number, links, '/syncro'))).toMatchSnapshot();
  });

  test('in a list', () => {
    expect(readMessage(timerListMessage([running, anOpen()], links, '/syncro'))).toMatchSnapshot();
  });

  test('with hostile and endless texts, and with more timers than fit', () => {
    const many = Array.from({ length: 60 }, (_, i) => anOpen({}, { id: `timer-${i}` }));
    expect(readMessage(timerListMessage(many, links, '/syncro'))).toContain('and 40 more');
    for (const message of [
      timerListMessage(
        Array.from({ length: 60 }, (_, i) => ({ ...hostile, timer: { ...hostile.timer, id: `t${i}` } })),
        links,
        '/syncro',
      ),
      timerStoppedMessage(hostile, links),
      timerStartedMessage({ outcome: 'same', running: hostile }, links),
      timerStartedMessage({ outcome: 'started', running: hostile, paused: hostile }, links),
      notStoppedMessage({ outcome: 'none', open: [hostile] }, null, links, '/syncro'),
    ])
      readMessage(message);
  });
});

const LOOK = { formId: 'f', preview: 'preview:1', alone: false };

describe('the form that logs time', () => {
  const state = { formId: 'f', number, labor: [remoteLabor], about: null };
  const preview = (plan = aTimePlan()) => ({
    ticket: aTicket(),
    plan,
    labor: remoteLabor,
    author: { ...author, shared: false },
  });

  test('has the measured minutes and no labor type', () => {
    expect(readView(logTimeView({ ...state, draft: { minutes: '42' } }))).toMatchSnapshot();
  });

  test('has its preview', () => {
    readView(logTimePreview.loading(LOOK));
    expect(readView(logTimePreview.view(LOOK, preview(), links))).toMatchSnapshot();
    const odd = aTimePlan(
      { product: { id: 1, name: 'x'.repeat(900), rateCents: 0, taxable: true, disabled: true } },
      600,
    );
    expect(readView(logTimePreview.view(LOOK, preview(odd), links))).toContain('! 600 minutes is more than 8 hours.');
  });
});

test('a run that logs time, from its first tick to its receipt', () => {
  const run = aTimerRun();
  expect(readMessage(runMessage(run, links))).toMatchSnapshot();
  const steps = run.steps.map((step) => ({
    ...step,
    state: { phase: 'done' as const, id: 40, number: null, how: 'answered' as const },
  }));
  const done = { ...run, steps, state: 'done' as const, finishedAt: noon + 2_000 };
  expect(readMessage(runMessage(done, links))).toMatchSnapshot();
});
