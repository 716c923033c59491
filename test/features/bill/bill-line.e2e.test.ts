import { describe, expect, test } from '@jest/globals';
import { placeWords } from '../../../src/features/bill/slack/command.ts';
import { remoteLabor } from '../../runs/rules/a-ticket.ts';
import { useWorld } from '../../world/use-world.ts';
import { countAll, expectBilledOnce, writes } from '../tickets/ticket-effects.ts';
import { openBillForm } from './bill-steps.ts';

const start = useWorld();

const labor = ['remote', 'onsite', 'emergency', 'emergency-remote', 'internal'].map((word) => ({
  ...remoteLabor,
  word,
}));

describe('the words behind the number', () => {
  test.each([
    ['45m remote fixed the printer', '45m', 'remote', 'fixed the printer'],
    ['remote 1 h 30 m fixed it', '1 h 30 m', 'remote', 'fixed it'],
    ['45 rem Fixed  the\nprinter', '45', 'remote', 'Fixed  the\nprinter'],
    ['45m on the phone with Jim', '45m', null, 'on the phone with Jim'],
    ['45m on', '45m', 'onsite', ''],
    ['45m emerg', '45m', null, 'emerg'],
    ['45m emergency called at night', '45m', 'emergency', 'called at night'],
    ['fixed it in 45m remote', null, null, 'fixed it in 45m remote'],
    ['remote', null, 'remote', ''],
    ['1 hour 30 minutes remote', '1 hour 30 minutes', 'remote', ''],
    ['25h remote', null, null, '25h remote'],
    ['45 45 machines', '45', null, '45 machines'],
    ['remote 365 licenses moved', null, 'remote', '365 licenses moved'],
    ['remote 2 printers fixed', null, 'remote', '2 printers fixed'],
    ['remote 1h 30 printers moved', '1h', 'remote', '30 printers moved'],
    ['remote 45', '45', 'remote', ''],
    ['remote 1h 30', '1h 30', 'remote', ''],
    ['remote 45m fixed it', '45m', 'remote', 'fixed it'],
    ['remote 1.5h fixed it', '1.5h', 'remote', 'fixed it'],
    ['remote 1:30 fixed it', '1:30', 'remote', 'fixed it'],
    ['remote 1h30 fixed it', '1h30', 'remote', 'fixed it'],
    ['45 remote 365 licenses moved', '45', 'remote', '365 licenses moved'],
    ['', null, null, ''],
  ])('%p', (text, minutes, word, comment) => {
    expect(placeWords(text, labor)).toEqual({ minutes, labor: word, comment });
  });
});

const LINE = 'bill 32164 45m remote fixed the printer';

describe('the whole bill in one line', () => {
  test('opens the preview at once and is billed by one press', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    expect(preview.text()).toContain('#32164 Own cloud thing again\n0.75 h × $150.00 = $112.50');
    expect(preview.text()).toContain('✉ Emails jerry@customer.example:\n| fixed the printer');
    expect(preview.value('Audience')).toBe('Email the customer');
    expect(writes(world)).toEqual([]);
    await preview.submitTwice(/^Bill /);
    await howard.message(/Billed #32164/);
    expectBilledOnce(world, 32164, before);
    await howard.noModal();
  });

  test('takes a number that begins the comment for no minutes, and asks for them in the form', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164, 'remote 365 licenses moved');
    expect(['Minutes', 'Labor type', 'Comment'].map((label) => form.value(label))).toEqual([
      '',
      'remote $150',
      '365 licenses moved',
    ]);
    await form.type('Minutes', '45');
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
  });

  test('says the minutes again where no form lies below that says them', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE.replace('45m', '41m'));
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('0.6833 h × $150.00 = $102.50, Labor - Remote Business · not taxed   (41 min)');
  });

  test('lets the audience be chosen in it, and bills for the one that is chosen', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    await preview.choose('Audience', 'Internal only');
    await preview.waitFor('🔒 Only your team sees it:');
    expect(preview.text()).toContain('The invoice line reads "Own cloud thing again"');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    const posted = world.syncro.requests.find(({ path }) => path.endsWith('/comment'));
    expect(posted?.body).toMatchObject({ hidden: true, do_not_email: true });
    expect(world.syncro.state.outbox).toHaveLength(0);
  });

  test('never bills for an audience whose preview was not seen', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    // The press of the radio button is lost on its way; what the form holds comes with the next one.
    const values = preview.raw.values.get('audience');
    const held = [...(values ?? [])][0];
    if (!values || !held) throw new Error('no audience in the preview');
    const portal = { text: { type: 'plain_text', text: 'Customer portal, no email', emoji: false }, value: 'portal' };
    values.set(held[0], { ...held[1], selected_option: portal });
    await preview.submit(/^Bill /);
    await preview.waitFor('👁 Customer portal, no email:');
    expect(writes(world)).toEqual([]);
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    const posted = world.syncro.requests.find(({ path }) => path.endsWith('/comment'));
    expect(posted?.body).toMatchObject({ hidden: false, do_not_email: true });
  });

  test('leads to the form with everything in it, and from there on top of it to the preview', async () => {
    const world = await start();
    const before = countAll(world);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const alone = await howard.modal('Check and bill');
    await alone.waitFor('[Bill $112.50]');
    await alone.click('Back');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Invoice');
    expect(['Minutes', 'Labor type', 'Comment', 'Audience'].map((label) => form.value(label))).toEqual([
      '45m',
      'remote $150',
      'fixed the printer',
      'Email the customer',
    ]);
    await form.type('Minutes', '30');
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $75.00]');
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164/);
    expectBilledOnce(world, 32164, before);
  });

  test('for a ticket that does not exist says so, and leads nowhere', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', 'bill 99999 45m remote fixed the printer');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('No ticket #99999');
    expect(preview.text()).not.toMatch(/\[Back\]|\[Bill /);
  });

  test('closed before it is billed, waits in the form', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', LINE);
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('[Bill $112.50]');
    await preview.close();
    const form = await openBillForm(howard, 32164);
    expect(form.text()).toMatch(/Your draft from .* is here\. {2}\[Clear\]/);
    expect(form.value('Comment')).toBe('fixed the printer');
  });
});
