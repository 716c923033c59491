import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { World } from '../../../sandbox/world.ts';
import { howardOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { invoiceByHand } from '../bill/invoice-steps.ts';
import { addedSince, countAll, NOTHING, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { ask, sentBy } from '../tickets/ticket-steps.ts';
import { addEntry, addLine, choose, NUMBER, openCorrect, preview, startCorrect, TEXT } from './correct-steps.ts';

const start = useWorld();

const CORRECTED = /Corrected #32164/;
const UPDATE = /\/update_line_item$/;
const lineOf = ({ syncro }: World, id: number) => syncro.state.lines.find((line) => line.id === id);

describe('a line of one’s own', () => {
  test('is prefilled, previewed from old to new, changed once, and the audit has the old values', async () => {
    const world = await start();
    const line = addLine(world);
    const howard = howardOf(world);
    const before = countAll(world);
    const form = await openCorrect(howard);
    expect([form.value('Minutes'), form.value('Labor type'), form.value('Comment')]).toEqual(['45', 'remote', TEXT]);
    expect(form.text()).toContain('0.75 h × $150.00 = $112.50, Labor - Remote Business');
    await form.type('Minutes', '1h');
    await form.type('Comment', '<!channel> Reset & checked the <b>cloud</b> thing.');
    const shown = await preview(howard, form);
    for (const words of [
      'Minutes: 45 min → 60 min',
      '0.75 h × $150.00 = $112.50 → 1.0 h × $150.00 = $150.00',
      TEXT,
      '<!channel> Reset & checked the <b>cloud</b> thing.',
    ])
      expect(shown.text()).toContain(words);
    expect(shown.text()).not.toContain('Labor type');
    expect(writes(world)).toEqual([]);
    const from = world.syncro.requests.length;
    await shown.submitTwice('Save $150.00');
    const receipt = await howard.message(CORRECTED);
    expect(receipt.text).toContain(`Was: 0.75 h × $150.00 = $112.50, Labor - Remote Business, "${TEXT}"`);
    expect(receipt.text).toContain('Now: 1.0 h × $150.00 = $150.00');
    expect(receipt.text).toContain('Sent once, confirmed.');
    const { id } = ticketByNumber(world, NUMBER);
    expect(sentBy(world)).toEqual([
      {
        method: 'PUT',
        technician: 1750,
        body: {
          ticket_line_item_id: line.id,
          quantity: 1,
          price_retail: 150,
          taxable: false,
          description: '<!channel> Reset & checked the <b>cloud</b> thing.',
        },
      },
    ]);
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 1, retail_cents: 15_000, product_id: 1190473 });
    expect(addedSince(world, before)).toEqual(NOTHING);
    // The ticket and its invoices right before, the change, and the ticket as it is then.
    expect(
      world.syncro.requests
        .slice(from)
        .map(({ method, path }) => `${method} ${path.split('?')[0]}`)
        .sort(),
    ).toEqual(['GET /invoices', `GET /tickets/${id}`, `GET /tickets/${id}`, `PUT /tickets/${id}/update_line_item`]);
    const audit = await ask(howard, `audit ${NUMBER}`, /Audit of #32164/);
    expect(audit.text).toContain('line change');
    expect(audit.text).toContain(`was 0.75 h × $150.00 = $112.50, Labor - Remote Business, "${TEXT}"; now 1.0 h`);
  });

  test('keeps a price that somebody set, unless its labor changes: then it is the product’s live rate', async () => {
    const world = await start();
    const line = addLine(world, { retail_cents: 9_900 });
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.type('Minutes', '30');
    const first = await preview(howard, form);
    expect(first.text()).toContain('0.75 h × $99.00 = $74.25 → 0.5 h × $99.00 = $49.50');
    await first.close();
    const again = await howard.modal(`Correct #${NUMBER}`);
    await again.choose('Labor type', 'onsite');
    const second = await preview(howard, again);
    expect(second.text()).toContain('Labor type: Labor - Remote Business → Labor - Onsite Business');
    expect(second.text()).toContain('0.75 h × $99.00 = $74.25 → 0.5 h × $175.00 = $87.50');
    await second.submit('Save $87.50');
    await howard.message(CORRECTED);
    expect(lineOf(world, line.id)).toMatchObject({
      product_id: 26118,
      name: 'Labor - Onsite Business',
      quantity: 0.5,
      retail_cents: 17_500,
      taxable: false,
      description: TEXT,
    });
  });

  test('is removed, previewed with what it cost; Back has what was typed', async () => {
    const world = await start();
    const line = addLine(world);
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.type('Minutes', 'soon');
    await form.click('Remove it');
    const shown = await howard.modal('Check and correct');
    await shown.waitFor('[Remove $112.50]');
    expect(shown.text()).toContain('Remove the line: $112.50');
    expect(shown.text()).toContain(TEXT);
    await shown.click('Back');
    const back = await howard.modal(`Correct #${NUMBER}`);
    await back.waitFor('[Preview]');
    expect(back.value('Minutes')).toBe('soon');
    await back.click('Remove it');
    const again = await howard.modal('Check and correct');
    await again.waitFor('[Remove $112.50]');
    await again.submit('Remove $112.50');
    const receipt = await howard.message(CORRECTED);
    expect(receipt.text).toContain('Removed: 0.75 h × $150.00 = $112.50');
    expect(lineOf(world, line.id)).toBeUndefined();
    expect(writes(world)).toEqual([`POST /tickets/${line.ticket_id}/remove_line_item`]);
  });

  test('that was charged from logged time says that the time stays charged', async () => {
    const world = await start();
    const line = addLine(world);
    addEntry(world, { recorded: true, ticket_line_item_id: line.id });
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.click('Remove it');
    const shown = await howard.modal('Check and correct');
    await shown.waitFor('stays charged');
  });

  test('with nothing changed, or wrongly filled in, sends nothing', async () => {
    const world = await start();
    addLine(world);
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.type('Minutes', 'soon');
    await form.type('Comment', ' ');
    const { errors } = await form.submit('Preview');
    expect(errors).toEqual({ Minutes: expect.stringContaining('Enter a time'), Comment: 'Write what you did.' });
    await form.type('Minutes', '0:45');
    await form.type('Comment', TEXT);
    await form.submit('Preview');
    await (await howard.modal('Check and correct')).waitFor("You haven't changed anything.");
    expect(writes(world)).toEqual([]);
  });

  test('that Syncro refuses to change is tried again or stopped, and nothing was sent', async () => {
    const world = await start();
    const line = addLine(world);
    world.syncro.fault({ kind: '422', body: { error: 'Not now' }, method: 'PUT', path: UPDATE });
    await startCorrect(howardOf(world));
    const question = await howardOf(world).message(/#32164 needs you/);
    expect(question.text).toContain('Syncro refused the line change');
    expect(question.text).toContain('[Try again] [Stop]');
    await question.click('Try again');
    await howardOf(world).message(CORRECTED);
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 1 });
  });

  test('of a product that no labor word stands for has its text, and can be removed', async () => {
    const world = await start();
    addLine(world, { product_id: 4711, name: '<!here> Patch cable', quantity: 2, retail_cents: 1_200 });
    const form = await openCorrect(howardOf(world));
    expect(form.text()).not.toContain('Minutes');
    expect(form.text()).toContain('<!here> Patch cable');
    await form.type('Comment', 'Two cables');
    const shown = await preview(howardOf(world), form);
    await shown.submit('Save $24.00');
    await howardOf(world).message(CORRECTED);
    expect(sentBy(world)[0]?.body).toMatchObject({ quantity: 2, price_retail: 12, description: 'Two cables' });
  });
});

describe('what is not one’s own, or past', () => {
  test('is shown with whom to ask; what is invoiced or charged is not there', async () => {
    const world = await start();
    addLine(world, { description: 'Mine' });
    addLine(world, { user_id: 1737, description: 'By Winter' });
    addLine(world, { user_id: null, description: 'By nobody' });
    addLine(world, { converted: true, description: 'Invoiced' });
    addEntry(world, { user_id: 1735, notes: 'By Mike' });
    addEntry(world, { recorded: true, notes: 'Charged' });
    const list = await choose(howardOf(world));
    expect(list.text()).toContain('"Mine"');
    expect(list.text()).toMatch(/"By Winter" · ask Winter/);
    expect(list.text()).toMatch(/"By nobody" · Syncro doesn't say whose it is/);
    expect(list.text()).toMatch(/"By Mike" · ask Michael/);
    expect(list.text().match(/\[Correct\]/g)).toHaveLength(1);
    expect(list.text()).not.toMatch(/Invoiced"|Charged"/);
  });

  test.each([
    [
      'changed its price',
      (world: World, id: number) => Object.assign(lineOf(world, id) ?? {}, { retail_cents: 1 }),
      'is 0.75 h × $0.01',
    ],
    [
      'invoiced it',
      (world: World, id: number) => Object.assign(lineOf(world, id) ?? {}, { converted: true }),
      'is on an invoice',
    ],
    [
      'removed it',
      ({ syncro: { state } }: World, id: number) =>
        state.lines.splice(
          state.lines.findIndex((line) => line.id === id),
          1,
        ),
      'is no longer on the ticket',
    ],
  ])('when somebody %s after the preview, nothing is sent, and what it is now is said', async (_what, act, words) => {
    const world = await start();
    const line = addLine(world);
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.type('Minutes', '60');
    const shown = await preview(howard, form);
    act(world, line.id);
    await shown.submit('Save $150.00');
    const stopped = await howard.message(/Stopped correcting #32164/);
    expect(stopped.text).toContain(words);
    expect(stopped.text).toContain('Nothing was sent.');
    expect(stopped.text).toContain('[Look again]');
    expect(writes(world)).toEqual([]);
  });

  test('when the ticket was invoiced after the preview without a flag on its line, nothing is sent', async () => {
    const world = await start();
    const line = addLine(world, {}, 32160);
    const howard = howardOf(world);
    const form = await openCorrect(howard, 32160);
    await form.type('Minutes', '60');
    const shown = await preview(howard, form);
    invoiceByHand(world, 'this ticket');
    await shown.submit('Save $150.00');
    const stopped = await howard.message(/Stopped correcting #32160/);
    expect(stopped.text).toContain('It was invoiced: #90001');
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 0.75 });
  });

  test('an invoice that was there before took what was there then: the line is changed', async () => {
    const world = await start();
    invoiceByHand(world, 'this ticket');
    const line = addLine(world, {}, 32160);
    const howard = howardOf(world);
    const form = await openCorrect(howard, 32160);
    await form.type('Minutes', '60');
    const shown = await preview(howard, form);
    await shown.submit('Save $150.00');
    await howard.message(/Corrected #32160/);
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 1 });
  });
});

describe('an answer that is lost', () => {
  test('is looked for; a change that arrived is not sent again', async () => {
    const world = await start();
    const line = addLine(world);
    world.syncro.fault({ kind: 'cut-after', method: 'PUT', path: UPDATE });
    await startCorrect(howardOf(world));
    const receipt = await howardOf(world).message(CORRECTED);
    expect(receipt.text).toContain('I found the line change there and did not send it again.');
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 1 });
    expect(writes(world)).toHaveLength(1);
  });

  test('of a longer text that begins as the old one does: it is not taken for there', async () => {
    const world = await start();
    const description = 'Reset the cloud thing and looked for what was wrong with it';
    const line = addLine(world, { description });
    world.syncro.fault({ kind: 'cut-before', method: 'PUT', path: UPDATE });
    const form = await openCorrect(howardOf(world));
    await form.type('Comment', `${description}, twice`);
    await (await preview(howardOf(world), form)).submit('Save $112.50');
    await howardOf(world).message(CORRECTED);
    expect(lineOf(world, line.id)?.description).toBe(`${description}, twice`);
    expect(writes(world)).toHaveLength(2);
  });

  test('is not sent again over what somebody changed meanwhile: that is asked about', async () => {
    const world = await start({ syncro: { latencyMs: 50 } });
    const line = addLine(world);
    world.syncro.fault({ kind: 'cut-before', method: 'PUT', path: UPDATE });
    await startCorrect(howardOf(world));
    while (writes(world).length === 0) await sleep(5);
    Object.assign(lineOf(world, line.id) ?? {}, { quantity: 2 });
    const question = await howardOf(world).message(/#32164 needs you/);
    expect(question.text).toContain('The line is 2.0 h × $150.00 = $300.00');
    expect(question.text).toContain('[Go on anyway] [Stop]');
    await question.click('Stop');
    await howardOf(world).message(/Stopped correcting #32164/);
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 2 });
  });

  test('is not sent again once the ticket was invoiced, flagged or not', async () => {
    const world = await start({ syncro: { latencyMs: 50 } });
    const line = addLine(world, {}, 32160);
    world.syncro.fault({ kind: 'cut-before', method: 'PUT', path: UPDATE });
    const form = await openCorrect(howardOf(world), 32160);
    await form.type('Minutes', '60');
    await (await preview(howardOf(world), form)).submit('Save $150.00');
    while (writes(world).length === 0) await sleep(5);
    invoiceByHand(world, 'this ticket');
    const question = await howardOf(world).message(/#32160 needs you/);
    expect(question.text).toContain('It was invoiced: #90001');
    expect(question.text).toContain('[Check again] [Stop]');
    await question.click('Check again');
    await sleep(60_000);
    expect(lineOf(world, line.id)).toMatchObject({ quantity: 0.75 });
  });
});

describe('logged time', () => {
  test('that is not charged gets another length, labor and notes; its end stays', async () => {
    const world = await start();
    const entry = addEntry(world);
    const { end_time } = entry;
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    expect([form.value('Minutes'), form.value('Labor type'), form.value('Notes')]).toEqual(['30', 'remote', TEXT]);
    await form.type('Minutes', '45');
    await form.choose('Labor type', 'onsite');
    await form.type('Notes', 'On site after all');
    const shown = await preview(howard, form);
    expect(shown.text()).toContain('Minutes: 30 min → 45 min');
    expect(shown.text()).toContain('Labor type: remote → onsite');
    expect(shown.text()).toContain('Price: $75.00 → $131.25');
    expect(shown.text()).toContain('Begins');
    await shown.submit('Save $131.25');
    const receipt = await howard.message(CORRECTED);
    expect(receipt.text).toContain('Now: 45 min logged, "On site after all"');
    expect(writes(world)).toEqual([`PUT /tickets/${entry.ticket_id}/update_timer_entry`]);
    expect(entry).toMatchObject({ notes: 'On site after all', product_id: 26118, end_time, recorded: false });
    expect(Date.parse(end_time ?? '') - Date.parse(entry.start_time)).toBe(45 * 60_000);
  });

  test('is removed', async () => {
    const world = await start();
    const entry = addEntry(world);
    const form = await openCorrect(howardOf(world));
    await form.click('Remove it');
    const shown = await howardOf(world).modal('Check and correct');
    await shown.waitFor('[Remove $75.00]');
    await shown.submit('Remove $75.00');
    await howardOf(world).message(CORRECTED);
    expect(world.syncro.state.timers).not.toContain(entry);
    expect(writes(world)).toEqual([`POST /tickets/${entry.ticket_id}/delete_timer_entry`]);
  });

  test('whose length Syncro does not count anew is asked about, and kept on the person’s word', async () => {
    const world = await start();
    addEntry(world, { active_seconds: 1_800 });
    const howard = howardOf(world);
    const form = await openCorrect(howard);
    await form.type('Minutes', '60');
    await (await preview(howard, form)).submit('Save $150.00');
    const question = await howard.message(/#32164 needs you/);
    expect(question.text).toContain('It is 30 min logged');
    expect(question.text).toContain('[Accept it as it is]');
    await question.click('Accept it as it is');
    const receipt = await howard.message(CORRECTED);
    expect(receipt.text).toContain('Now: 30 min logged');
    expect(receipt.text).toContain('Accepted as it is in Syncro');
  });
});

test('of what another person may not see the list says it in Syncro’s words', async () => {
  const world = await start();
  addLine(world);
  const card = await ask(winterOf(world), `ticket ${NUMBER}`, /#32164/);
  await card.click('Correct…');
  const modal = await winterOf(world).modal(`Correct #${NUMBER}`);
  await modal.waitFor('You have nothing on this ticket that is waiting to be invoiced or charged.');
  expect(modal.text()).toContain('ask Howard Enos');
});
