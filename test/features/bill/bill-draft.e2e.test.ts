import { describe, expect, test } from '@jest/globals';
import type { Modal } from '../../../sandbox/slack/slack.ts';
import { useWorld } from '../../world/use-world.ts';
import { countAll, expectBilledOnce, writes } from '../tickets/ticket-effects.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT } from './bill-steps.ts';

const start = useWorld();

const WORK = { minutes: '50', labor: 'onsite', comment: 'Half a story', audience: 'Internal only' };
const held = (form: Modal) => ['Minutes', 'Labor type', 'Comment', 'Audience'].map((label) => form.value(label));

describe('a preview on top of its form', () => {
  test('is left by Slack’s own Back, without a word from the app, and the form is as it was', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, WORK);
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Back] [Bill ');
    expect(world.slack.workspace.stacks.get('U012HOWARD')).toHaveLength(2);
    await preview.close();
    expect(held(form)).toEqual(['50', 'onsite $175', 'Half a story', 'Internal only']);
    expect(form.text()).toContain('Own cloud thing again\nJerry Burger\n');
  });

  test('that comes after its form was changed is not what is confirmed', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: 'The first' });
    world.syncro.fault({ kind: 'stale-read', method: 'GET', path: /^\/tickets\/\d+$/, afterMs: 3_000 });
    await form.submit('Preview');
    await (await howard.modal('Check and bill')).close();
    await fillIn(form, { minutes: '15', comment: 'The second' });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $37.50]');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(preview.text()).toContain('The second');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    expectBilledOnce(world, 32164, before);
    expect(world.syncro.requests.find(({ path }) => path.endsWith('/comment'))?.body).toMatchObject({
      body: 'The second',
    });
  });

  test('is found also when Slack puts it in place late', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { ...WORK, minutes: '45', labor: 'remote' });
    world.slack.failNext('views.update', { error: 'not_found' }, 2);
    await form.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor('[Bill $112.50]');
  });

  test('takes the form’s place where Slack stacks no more views', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { ...WORK, minutes: '45', labor: 'remote' });
    const stack = world.slack.workspace.stacks.get('U012HOWARD') ?? [];
    const [view] = stack;
    if (!view) throw new Error('no form');
    // As if it had been opened on top of two others.
    Object.assign(view, { previousViewId: 'V2', rootViewId: 'V1' });
    stack.unshift({ ...view, id: 'V1' }, { ...view, id: 'V2' });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    expect(stack).toHaveLength(3);
    await preview.click('Back');
    await (await howard.modal('Bill #32164')).waitFor('Invoice');
    expect(held(form)).toEqual(['45', 'remote $150', 'Half a story', 'Internal only']);
  });
});

describe('a form that was closed', () => {
  test('leaves what was typed for the next one on that ticket, until it is cleared', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, WORK);
    await form.close();
    const other = await openBillForm(howard, 32165);
    expect(other.text()).not.toContain('Your draft');
    await other.close();
    const again = await openBillForm(howard, 32164);
    expect(again.text()).toMatch(/^Bill #32164\nYour draft from \d\d:\d\d UTC is here\. {2}\[Clear\]\n/);
    expect(held(again)).toEqual(['50', 'onsite $175', 'Half a story', 'Internal only']);
    await again.click('Clear');
    const empty = await howard.modal('Bill #32164');
    await world.slack.until(() => !empty.text().includes('Your draft'));
    await empty.waitFor('Invoice');
    expect(empty.text()).not.toContain('Your draft');
    expect(held(empty)).toEqual(['', '', '', 'Email the customer']);
    await empty.close();
    expect((await openBillForm(howard, 32164)).text()).not.toContain('Your draft');
    expect(writes(world)).toEqual([]);
  });

  test('leaves it also from below a preview, and nobody else sees it', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await (await previewBill(howard, 32164, WORK)).closeAll();
    expect((await openBillForm(world.slack.person('U012WINTER'), 32164)).text()).not.toContain('Your draft');
    expect((await openBillForm(howard, 32164)).value('Comment')).toBe('Half a story');
  });

  test('leaves nothing when its draft was sent', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    await fillIn(form, { ...WORK, comment: SAMPLE_COMMENT });
    await form.close();
    const again = await openBillForm(howard, 32164);
    await again.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill ');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    const next = await openBillForm(howard, 32164);
    expect(next.text()).not.toContain('Your draft');
  });

  test('without anything typed into it leaves nothing, and what a command brings stands before a draft', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await (await openBillForm(howard, 32164, '45m')).close();
    const form = await openBillForm(howard, 32164);
    expect(form.text()).not.toContain('Your draft');
    await fillIn(form, WORK);
    await form.close();
    const typed = await openBillForm(howard, 32164, '15m');
    expect([typed.value('Minutes'), typed.value('Comment')]).toEqual(['15m', '']);
  });
});
