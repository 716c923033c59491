import { describe, expect, test } from '@jest/globals';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { addedSince, countAll, expectBilledOnce, ONE_BILL, ticketByNumber, writes } from '../tickets/ticket-effects.ts';
import { previewBill, SAMPLE_COMMENT, startBilling } from './bill-steps.ts';

/** What waits for seconds waits for a quarter of them. */
const start = useWorld();

describe('one form is one bill', () => {
  test('when Bill is pressed twice', async () => {
    const world = await start({ syncro: { latencyMs: 30 } });
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    await preview.submitTwice(/^Bill /);
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(writes(world)).toHaveLength(4);
    expect(howard.dm()).toHaveLength(1);
  });

  test('when Slack delivers the confirmation twice', async () => {
    const world = await start({ syncro: { latencyMs: 30 } });
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    world.slack.tamperNext({ duplicate: true });
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(howard.dm()).toHaveLength(1);
  });

  test('when Slack delivers everything twice', async () => {
    const world = await start({ syncro: { latencyMs: 30 } });
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    await preview.click('Back');
    const form = await howard.modal('Bill #32164');
    world.slack.tamperNext({ duplicate: true }, 2);
    await form.submit('Preview');
    const again = await howard.modal('Check and bill');
    await again.waitFor('[Bill ');
    await again.submit(/^Bill /);
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });

  test('when the app stopped between two deliveries of the confirmation', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    await world.stopApp();
    await world.startApp();
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });
});

describe('an invoice that was made in Syncro since the preview', () => {
  test('is asked about before anything is sent, and the person may go on', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    const { invoices } = world.syncro.state;
    const ticket = ticketByNumber(world, 32164);
    const [made] = invoices;
    if (!made) throw new Error('the sample has no invoice');
    invoices.push({ ...made, id: 1649, number: '90001', customer_id: ticket.customer_id, ticket_id: ticket.id });
    const before = countAll(world);
    await preview.submit(/^Bill /);
    const asked = await howard.message('It was invoiced: #90001');
    expect(asked.text).toContain('Done: nothing.');
    expect(writes(world)).toEqual([]);
    await asked.click('Go on anyway');
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });
});

describe('two technicians on one ticket', () => {
  test('get one bill; the second is told who, nothing is sent for them, and Back keeps their text', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const winter = world.slack.person('U012WINTER');
    const first = await previewBill(howard, 32164);
    const second = await previewBill(winter, 32164, { comment: 'Winter was here.', minutes: '15', labor: 'onsite' });
    world.syncro.setLatency(200);
    await first.submit(/^Bill /);
    await second.submit(/^Bill /);
    await second.waitFor('#32164 is being billed right now by Howard Enos');
    expect(second.text()).toContain('Nothing was sent.');
    expect(second.text()).not.toContain('[Bill ');
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
    expect(world.syncro.requests.filter((r) => r.method !== 'GET').every((r) => r.technician === 1750)).toBe(true);
    world.syncro.setLatency(0);
    await second.click('Back');
    const form = await winter.modal('Bill #32164');
    expect(form.value('Comment')).toBe('Winter was here.');
    expect(form.value('Minutes')).toBe('15');
    expect(form.value('Labor type')).toBe('onsite $175');
    await form.submit('Preview');
    const again = await winter.modal('Check and bill');
    await again.waitFor('[Bill ');
    expect(again.text()).toMatch(/! Already billed .*: invoice #70000, \$112\.50/);
  });

  test('are told in the preview already when the other’s bill is under way', async () => {
    const world = await start({ config: quickConfig({ settle: 30 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
    const howard = world.slack.person('U012HOWARD');
    await startBilling(howard, 32164);
    await howard.message(/didn't answer the comment request/);
    const preview = await previewBill(world.slack.person('U012WINTER'), 32164);
    expect(preview.text()).toContain('! #32164 is being billed right now by Howard Enos.');
  });

  test('on two tickets don’t hinder each other', async () => {
    const world = await start({ syncro: { latencyMs: 20 } });
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const winter = world.slack.person('U012WINTER');
    await Promise.all([startBilling(howard, 32164), startBilling(winter, 32163)]);
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    await winter.message(/Billed #32163/, { timeoutMs: 8000 });
    const { comments, lines, invoices, mails } = ONE_BILL;
    expect(addedSince(world, before)).toEqual({
      comments: 2 * comments,
      lines: 2 * lines,
      invoices: 2 * invoices,
      mails: 2 * mails,
    });
    expect(
      world.syncro.state.comments
        .filter((c) => c.body === SAMPLE_COMMENT)
        .map((c) => c.user_id)
        .toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual([1737, 1750]);
  });

  test('can’t press each other’s buttons', async () => {
    const world = await start({ config: quickConfig({ settle: 30 }) });
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/comment$/ });
    const howard = world.slack.person('U012HOWARD');
    await startBilling(howard, 32164);
    const waiting = await howard.message(/didn't answer the comment request/);
    const channel = world.slack.workspace.channels.get(waiting.channel);
    channel?.members.add('U012WINTER');
    const winter = world.slack.person('U012WINTER');
    const seen = await winter.message(/didn't answer the comment request/);
    await seen.click('Stop');
    const words = await winter.message(/not a bill of yours, so nothing was changed/);
    expect(words.text).toContain('Nothing was sent.');
    expect(waiting.text).toContain('[Stop]');
  });
});

describe('a restart', () => {
  test('in the middle of waiting goes on by itself, in the same message', async () => {
    const world = await start({ config: quickConfig({ settle: 2.5 }) });
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    world.syncro.fault({ kind: 'cut-before', method: 'POST', path: /\/add_line_item$/ });
    await startBilling(howard, 32164);
    await howard.message(/didn't answer the/);
    await world.stopApp();
    expect(howard.dm()).toHaveLength(1);
    await world.startApp();
    await howard.message(/Billed #32164/, { timeoutMs: 10_000 });
    expectBilledOnce(world, 32164, before);
    expect(writes(world).filter((each) => each.endsWith('/add_line_item'))).toHaveLength(2);
    expect(howard.dm()).toHaveLength(1);
  });

  test('keeps the buttons of a message that waits for a person', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/add_line_item$/ });
    await startBilling(howard, 32164);
    const refused = await howard.message(/✗ Syncro refused/);
    await world.stopApp();
    await world.startApp();
    await refused.click('Fix and continue');
    const form = await howard.modal('Fix and continue');
    await form.submit('Go on');
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });

  test('keeps what was typed in an open form', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164, { comment: 'Typed before the restart.' });
    await world.stopApp();
    await world.startApp();
    await preview.click('Back');
    const form = await howard.modal('Bill #32164');
    expect(form.value('Comment')).toBe('Typed before the restart.');
  });

  test('while nothing can be told in Slack loses no bill, and the receipt comes later', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164);
    world.slack.failNext('chat.postMessage', { error: 'channel_not_found' }, 1);
    await preview.submit(/^Bill /);
    await world.slack.until(() => writes(world).length === 4);
    await world.stopApp();
    expect(howard.dm()).toHaveLength(0);
    await world.startApp();
    await howard.message(/Billed #32164/, { timeoutMs: 8000 });
    expectBilledOnce(world, 32164, before);
  });
});
