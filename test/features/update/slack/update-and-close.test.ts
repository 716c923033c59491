import { describe, expect, test } from '@jest/globals';
import { closeView, parseClose } from '../../../../src/features/close/slack/form.ts';
import { unbilledRows } from '../../../../src/features/tickets/slack/unbilled-words.ts';
import type { Unbilled } from '../../../../src/features/tickets/unbilled.ts';
import { parseUpdate, updateView } from '../../../../src/features/update/slack/form.ts';
import { updatedMessage } from '../../../../src/features/update/slack/messages.ts';
import type { UpdateFacts } from '../../../../src/features/update/update-form.ts';
import type { TicketChange } from '../../../../src/runs/rules/purpose.ts';
import type { Run } from '../../../../src/runs/rules/run.ts';
import { plannedStep } from '../../../../src/runs/rules/step.ts';
import { runMessage } from '../../../../src/runs/slack/message.ts';
import { authorBlock } from '../../../../src/runs/slack/words.ts';
import { lines } from '../../../../src/slack/blocks.ts';
import { readFormId, readValues } from '../../../../src/slack/forms/form-values.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { reply } from '../../../../src/slack/reply.ts';
import { aRun, PURPOSES } from '../../../runs/rules/a-run.ts';
import {
  aLineItem,
  aTicket,
  howard,
  jerrysNumber,
  jerrysTicketId,
  minute,
  noon,
} from '../../../runs/rules/a-ticket.ts';
import { readMessage, readView } from '../../../slack/rendered.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const long = `<!channel> & ${'"x" 🖨️ '.repeat(800)}`;
const number = jerrysNumber;

const facts: UpdateFacts = {
  ticket: aTicket({ priority: '2 Normal' }),
  technicianName: 'Howard Enos',
  due: '2026-12-01',
  timeZone: 'America/Phoenix',
  statuses: ['New', 'In Progress', 'Resolved'],
  priorities: ['1 High', '2 Normal'],
  technicians: [
    { id: 1750, name: 'Howard Enos' },
    { id: 1737, name: 'Winter Hale' },
  ],
  author: { id: 1750, name: 'Howard Enos', shared: false },
};

const update = (more: Partial<Parameters<typeof updateView>[0]> = {}) =>
  updateView({ formId: 'f', number, facts, draft: {}, about: { ticket: facts.ticket }, ...more });

/** What Slack sends back of the form as it is shown. */
const shownValues = (view: ReturnType<typeof updateView>, chosen: Readonly<Record<string, object>> = {}) =>
  readValues(
    Object.fromEntries(
      view.blocks.flatMap((block) => {
        if (!('element' in block) || block.block_id === undefined) return [];
        const { element } = block;
        const held =
          element.type === 'static_select'
            ? { selected_option: element.initial_option }
            : { selected_date: element.type === 'datepicker' ? (element.initial_date ?? null) : null };
        return [[block.block_id, { [block.block_id]: chosen[block.block_id] ?? held }]];
      }),
    ),
  );

describe('the update form', () => {
  test('shows how the ticket is', () => {
    expect(readView(update())).toMatchSnapshot();
  });

  test('before the ticket is read has nothing to fill in', () => {
    expect(readView(update({ facts: null, about: null }))).toMatchSnapshot();
  });

  test('with the longest texts and hundreds of entries is one that Slack takes', () => {
    const many = Array.from({ length: 300 }, (_, i) => `Entry ${i}`);
    const ticket = aTicket({ status: long, priority: long, technicianId: 5, subject: long, customerName: long });
    const view = update({
      about: { ticket },
      facts: {
        ...facts,
        ticket,
        technicianName: long,
        statuses: [long, ...many],
        priorities: many,
        technicians: many.map((name, id) => ({ id: id + 10, name })),
      },
    });
    readView(view);
    expect(parseUpdate(shownValues(view), view.private_metadata)).toMatchObject({ ok: false });
  });

  test('as it is shown changes nothing', () => {
    const view = update();
    expect(parseUpdate(shownValues(view), view.private_metadata)).toEqual({
      ok: false,
      errors: { status: "You haven't changed anything." },
    });
    expect(readFormId(view.private_metadata)).toBe('f');
  });

  test('asks for what was touched, and is the same again with what was chosen', () => {
    const view = update();
    const parsed = parseUpdate(
      shownValues(view, {
        technician: { selected_option: { value: '1737' } },
        due: { selected_date: '2026-12-24' },
      }),
      view.private_metadata,
    );
    expect(parsed).toMatchObject({ ok: true, choice: { technicianId: 1737, due: '2026-12-24' } });
    expect(parsed.ok && Object.keys(parsed.choice)).toEqual(['technicianId', 'due']);
    if (!parsed.ok) throw new Error('not ok');
    const again = update({ draft: parsed.draft });
    expect(parseUpdate(shownValues(again), again.private_metadata)).toEqual(parsed);
  });

  test.each(['', '{', '[]', '{"due":7}'])('with metadata %s that is not ours takes a date as touched', (metadata) => {
    expect(parseUpdate(shownValues(update()), metadata)).toMatchObject({ ok: true, choice: { due: '2026-12-01' } });
  });
});

describe('the close form', () => {
  test('shows what is not billed', () => {
    const about = {
      ticket: facts.ticket,
      facts: ['In Progress → Resolved'],
      warnings: [['Nothing was billed on this ticket.']],
    };
    const below = [authorBlock({ id: 1750, name: 'Howard Enos', shared: false })];
    expect(readView(closeView({ formId: 'f', number, below, draft: {}, about }))).toMatchSnapshot();
  });

  test('takes blanks for no resolution', () => {
    const values = readValues({
      resolution: { resolution: { value: ' \n ' } },
      audience: { audience: { selected_option: { value: 'internal' } } },
    });
    expect(parseClose(values)).toMatchObject({ ok: true, choice: { resolution: null, audience: 'internal' } });
  });

  test('takes no audience that there is not', () => {
    const values = readValues({ audience: { audience: { selected_option: { value: 'everybody' } } } });
    expect(parseClose(values)).toMatchObject({ ok: false, errors: { audience: expect.any(String) } });
  });
});

describe('what is not billed, in words', () => {
  const entry = { id: 1, notes: '', recorded: false, technicianId: 1, lineItemId: null };
  const texts = (unbilled: readonly Unbilled[]) =>
    readMessage(reply('unbilled', [lines(...unbilledRows(unbilled, number, noon))])).split('\n');

  test('names timers, timer entries and lines with their numbers', () => {
    expect(
      texts([
        { kind: 'timer', timer: { startedAt: noon - 95 * minute, stoppedAt: null } },
        { kind: 'timer', timer: { startedAt: noon - 95 * minute, stoppedAt: noon - minute } },
        { kind: 'timer_entry', entry: { ...entry, startedAt: noon - 42 * minute, endedAt: noon } },
        { kind: 'timer_entry', entry: { ...entry, startedAt: noon, endedAt: null } },
        { kind: 'line', line: aLineItem() },
        { kind: 'nothing' },
      ]),
    ).toMatchSnapshot();
  });

  test('of many of a kind stays short', () => {
    const many = Array.from({ length: 40 }, (_, i): Unbilled[] => [
      { kind: 'line', line: aLineItem({ id: i, name: long }) },
      { kind: 'timer_entry', entry: { ...entry, startedAt: noon, endedAt: noon } },
    ]).flat();
    expect(texts(many)).toHaveLength(8);
  });
});

describe('what came of an update', () => {
  const changes: readonly TicketChange[] = [
    { field: 'status', from: 'New', to: 'Resolved' },
    { field: 'priority', from: null, to: '1 High' },
    { field: 'technician', from: null, to: 'Winter Hale' },
    { field: 'due', from: '2026-11-30', to: '2026-12-01' },
  ];
  const anUpdate = (fields: Partial<Run & { kind: 'update' }> = {}): Run => ({
    ...aRun(),
    ...PURPOSES.update,
    changes,
    steps: [plannedStep({ kind: 'ticket_update', ticketId: jerrysTicketId, fields: { status: 'x', priority: 'y' } })],
    ...fields,
  });
  const done = (run: Run): Run => ({
    ...run,
    state: 'done',
    finishedAt: noon + 1_000,
    steps: run.steps.map((step) => ({ ...step, state: { phase: 'done', id: null, number: null, how: 'answered' } })),
  });
  const told = (run: Run) => readMessage(updatedMessage({ number, result: 'started', run }, links, '/syncro'));

  test('is told in one line with before and after', () => {
    expect(told(done(anUpdate()))).toMatchSnapshot();
  });

  test('stands on the receipt by name', () => {
    expect(readMessage(runMessage(done(anUpdate()), links))).toMatchSnapshot();
    expect(readMessage(runMessage(anUpdate(), links))).toContain('▸ Status Resolved, priority 1 High');
  });

  test('is said to be on its way, or stopped', () => {
    expect(told(anUpdate())).toMatchSnapshot();
    expect(told(anUpdate({ state: 'stopped', finishedAt: noon }))).toContain('Nothing was sent.');
  });

  test('with the longest names is a message that Slack takes and nobody is mentioned by', () => {
    const hostile = changes.map((change) => ({ ...change, from: long, to: change.field === 'due' ? change.to : long }));
    const author = { id: howard.syncroUserId, name: long };
    for (const run of [anUpdate({ changes: hostile, author }), done(anUpdate({ changes: hostile, author }))]) {
      told(run);
      readMessage(runMessage(run, links));
    }
    const statuses = Array.from({ length: 300 }, (_, i) => `${long}${i}`);
    for (const updated of [
      { result: 'several', typed: long, statuses },
      { result: 'none', typed: long, near: long, statuses },
      { result: 'no_invoice', status: long },
      { result: 'same', change: { field: 'status', from: long, to: long } },
    ] as const)
      readMessage(updatedMessage({ number, ...updated }, links, '/syncro'));
  });
});
