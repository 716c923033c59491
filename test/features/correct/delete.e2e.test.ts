import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { nextId } from '../../../sandbox/syncro/state.ts';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, mikeOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { ask } from '../tickets/ticket-steps.ts';
import { addEntry, addLine, NUMBER } from './correct-steps.ts';
import { madeTwice, openDelete, startDelete } from './delete-steps.ts';

const start = useWorld();
const MIKE = 1735;
const DELETED = /Deleted #32164/;

const comment = (world: World, user_id: number | null, tech: string | null): void => {
  const { state } = world.syncro;
  const [row] = state.comments;
  if (!row) throw new Error('the sample has no comment');
  const at = new Date().toISOString();
  const ticket_id = ticketByNumber(world, NUMBER).id;
  state.comments.push({ ...row, id: nextId(state), ticket_id, user_id, tech, created_at: at, updated_at: at });
};

const invoiceIt = (world: World): void => {
  const { state } = world.syncro;
  const [invoice] = state.invoices;
  if (!invoice) throw new Error('the sample has no invoice');
  const ticket_id = ticketByNumber(world, NUMBER).id;
  state.invoices.push({ ...invoice, id: nextId(state), number: '90001', ticket_id });
};

const isThere = ({ syncro }: World): boolean => syncro.state.tickets.some(({ number }) => number === NUMBER);

describe('a ticket that was made twice', () => {
  test('is deleted by an admin who types its number: what goes is said, and the app forgets it', async () => {
    const world = await start({ shop: { index: true } });
    madeTwice(world);
    comment(world, MIKE, 'Michael Swanson');
    addLine(world, { user_id: MIKE });
    addEntry(world, { user_id: MIKE });
    const mike = mikeOf(world);
    const { id } = ticketByNumber(world, NUMBER);
    const form = await openDelete(mike);
    expect(form.text()).toContain('This also deletes: 1 comment, 1 line ($112.50), 1 time entry');
    expect(form.text()).toContain('Attachments, appointments and worksheets are deleted too.');
    await form.type('Ticket number', '32163');
    expect((await form.submit('Delete ticket')).errors).toEqual({
      'Ticket number': expect.stringContaining('not #32164'),
    });
    expect(writes(world)).toEqual([]);
    await form.type('Ticket number', '#32164');
    const from = world.syncro.requests.length;
    await form.submitTwice('Delete ticket');
    const receipt = await mike.message(DELETED);
    expect(receipt.text).toContain('✓ Ticket deleted\n✓ Checked: it is gone');
    expect(receipt.text).toContain('Sent once, confirmed.');
    expect(receipt.text).not.toContain('[Open ticket]');
    expect(isThere(world)).toBe(false);
    expect(
      world.syncro.requests
        .slice(from)
        .map(({ method, path }) => `${method} ${path.split('?')[0]}`)
        .filter((request) => request !== 'GET /tickets')
        .sort(),
    ).toEqual([
      `DELETE /tickets/${id}`,
      'GET /invoices',
      `GET /tickets/${id}`,
      `GET /tickets/${id}`,
      `GET /tickets/${id}/comments`,
    ]);
    const audit = await ask(mike, `audit ${NUMBER}`, /Audit of #32164/);
    expect(audit.text).toContain('ticket deletion');
    expect(audit.text).toContain('1 comment, 1 line ($112.50), 1 time entry');
    await ask(mike, `ticket ${NUMBER}`, /No ticket #32164 in Syncro/);
  });

  test.each([
    [
      'a customer’s comment',
      (world: World) => comment(world, null, null),
      "It has a comment without an author: it may be the customer's.",
    ],
    [
      'somebody else’s comment',
      (world: World) => comment(world, 1737, '<!channel> Winter'),
      'It has a comment by <!channel> Winter.',
    ],
    ['somebody else’s line', (world: World) => void addLine(world), 'It has a line by Howard Enos.'],
    [
      'a line of nobody’s',
      (world: World) => void addLine(world, { user_id: null }),
      'It has a line without an author.',
    ],
    ['somebody else’s time', (world: World) => void addEntry(world), 'It has a time entry by Howard Enos.'],
  ])('is not deleted with %s on it', async (_what, act, words) => {
    const world = await start();
    madeTwice(world);
    act(world);
    const form = await openDelete(mikeOf(world), 'Not deleted: other people worked on it.');
    expect(form.text()).toContain(words);
    expect(form.text()).not.toContain('[Delete ticket]');
  });

  test('is not deleted with an invoice, or with somebody’s timer', async () => {
    const world = await start();
    madeTwice(world);
    await howardOf(world).slash('/syncro', `timer start ${NUMBER}`);
    await howardOf(world).message(/started/);
    invoiceIt(world);
    const form = await openDelete(mikeOf(world), 'Not deleted');
    expect(form.text()).toContain('It has invoice #90001');
    expect(form.text()).toContain('Howard Enos has a timer on it.');
  });

  test('on which somebody wrote since is not deleted: nothing is sent', async () => {
    const world = await start();
    madeTwice(world);
    const mike = mikeOf(world);
    const form = await openDelete(mike);
    comment(world, null, null);
    await form.type('Ticket number', '32164');
    await form.submit('Delete ticket');
    const stopped = await mike.message(/Stopped deleting #32164/);
    expect(stopped.text).toContain("It has a comment without an author: it may be the customer's.");
    expect(stopped.text).toContain('Nothing was sent.');
    expect(writes(world)).toEqual([]);
    expect(isThere(world)).toBe(true);
  });

  test('to which the same person added something since is not deleted either', async () => {
    const world = await start();
    madeTwice(world);
    const mike = mikeOf(world);
    const form = await openDelete(mike);
    addLine(world, { user_id: MIKE });
    await form.type('Ticket number', '32164');
    await form.submit('Delete ticket');
    await mike.message(/Stopped deleting #32164/);
    expect(writes(world)).toEqual([]);
  });

  test('whose answer was lost is looked for, and not deleted twice', async () => {
    const world = await start();
    madeTwice(world);
    world.syncro.fault({ kind: 'cut-after', method: 'DELETE', path: /^\/tickets\/\d+$/ });
    const mike = mikeOf(world);
    await startDelete(mike);
    const receipt = await mike.message(DELETED);
    expect(receipt.text).toContain('I found the ticket deletion there');
    expect(writes(world)).toHaveLength(1);
  });

  test('that was invoiced while nobody knew whether it was deleted stays, whatever is pressed', async () => {
    const world = await start({ syncro: { latencyMs: 50 } });
    madeTwice(world);
    world.syncro.fault({ kind: 'cut-before', method: 'DELETE', path: /^\/tickets\/\d+$/ });
    const mike = mikeOf(world);
    await startDelete(mike);
    while (writes(world).length === 0) await sleep(5);
    invoiceIt(world);
    const question = await mike.message(/#32164 needs you/);
    expect(question.text).toContain('It was invoiced: #90001');
    await question.click('Check again');
    await sleep(60_000);
    expect(writes(world)).toHaveLength(1);
    expect(isThere(world)).toBe(true);
  });
});

test('who is no admin has no such button', async () => {
  const world = await start();
  madeTwice(world);
  const card = await ask(howardOf(world), `ticket ${NUMBER}`, /#32164/);
  expect(card.text).not.toContain('Delete');
});
