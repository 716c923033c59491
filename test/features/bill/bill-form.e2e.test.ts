import { describe, expect, test } from '@jest/globals';
import { jsonOf, jsonsOf } from '../../../sandbox/slack/json.ts';
import { quickConfig, useWorld } from '../../world/use-world.ts';
import { writes } from '../tickets/ticket-effects.ts';
import { fillIn, openBillForm, previewBill, SAMPLE_COMMENT } from './bill-steps.ts';

const start = useWorld();

describe('the bill form', () => {
  test('has no default for minutes and labor, and emails the customer unless told otherwise', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    expect(form.value('Minutes')).toBe('');
    expect(form.value('Labor type')).toBe('');
    expect(form.value('Comment')).toBe('');
    expect(form.value('Audience')).toBe('Email the customer');
    const text = form.text();
    expect(text).toContain('Own cloud thing again');
    expect(text).toContain('Jerry Burger\n');
    expect(text).not.toContain('prepaid');
    for (const word of ['remote', 'onsite', 'emergency', 'project', 'internal', 'travel', 'website'])
      await form.choose('Labor type', word);
  });

  test('says how much of a prepaid block is left', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32165);
    expect(form.text()).toContain('Email signatures for the new office\nDesert Dental · prepaid 6.5 h\n');
  });

  test('asks for what is left out, in the form itself', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    const { errors } = await form.submit('Preview');
    expect(Object.keys(errors).toSorted()).toEqual(['Comment', 'Labor type', 'Minutes']);
  });

  test('says at Minutes what is wrong with them, with an example, and asks Syncro nothing', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    await fillIn(form, { labor: 'remote', comment: SAMPLE_COMMENT });
    const asked = world.syncro.requests.length;
    for (const minutes of ['abc', '-5', '0', '1e9', '25h', '1,5', '45 min or so', '1:75', '¾h']) {
      await form.type('Minutes', minutes);
      const { errors } = await form.submit('Preview');
      expect({ minutes, errors }).toEqual({
        minutes,
        errors: { Minutes: expect.stringContaining('or example 45, 45m, 1.5h, 1h 30m or 1:30') },
      });
    }
    expect(form.isOpen()).toBe(true);
    expect(world.syncro.requests).toHaveLength(asked);
  });

  test('refuses a comment of nothing but blanks', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    await fillIn(form, { minutes: '45', labor: 'remote', comment: '   \n ' });
    const { errors } = await form.submit('Preview');
    expect(errors).toEqual({ Comment: 'Write what you did.' });
  });

  test.each(['1h 30m', '1.5h', '1:30', '90', '90m', ' 1H30 ', '1.5 h'])(
    'takes %p as an hour and a half',
    async (minutes) => {
      const world = await start();
      const preview = await previewBill(world.slack.person('U012HOWARD'), 32164, { minutes });
      expect(preview.text()).toContain('1.5 h × $150.00 = $225.00');
    },
  );

  test('takes what it can’t place for the comment', async () => {
    const world = await start();
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164, '45m remmote <!here>');
    expect(form.value('Minutes')).toBe('45m');
    expect(form.value('Labor type')).toBe('');
    expect(form.value('Comment')).toBe('remmote <!here>');
  });

  test('with time and labor has the cursor in the comment, and nowhere else', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164, '45m remote');
    const inputs = jsonsOf(form.raw.source.blocks).map(({ element }) => jsonOf(element));
    const focused = inputs.filter(({ focus_on_load: focus }) => focus === true);
    expect(focused).toEqual([expect.objectContaining({ action_id: 'comment' })]);
    await form.close();
    expect(JSON.stringify((await openBillForm(howard, 32165, '45m')).raw.source)).not.toContain('focus_on_load');
  });

  test('presets the minutes and the labor that stand in the command', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164, '45 remote');
    expect([form.value('Minutes'), form.value('Labor type')]).toEqual(['45', 'remote $150']);
    await form.close();
    const spoken = await openBillForm(howard, 32164, '1h 30m ons');
    expect([spoken.value('Minutes'), spoken.value('Labor type')]).toEqual(['1h 30m', 'onsite $175']);
    await spoken.close();
    const unclear = await openBillForm(howard, 32164, '45 nonsense');
    expect(['Minutes', 'Labor type', 'Comment'].map((label) => unclear.value(label))).toEqual(['45', '', 'nonsense']);
  });

  test('keeps everything that was typed when going back, twice too', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const typed = {
      minutes: '1h 5m',
      labor: 'travel',
      comment: 'Drove there & back <slowly> *twice* 🚗',
      audience: 'Internal only',
    };
    let preview = await previewBill(howard, 32164, typed);
    for (const round of ['first', 'second']) {
      await preview.click('Back');
      const form = await howard.modal('Bill #32164');
      await form.waitFor('Jerry Burger');
      expect({
        round,
        minutes: form.value('Minutes'),
        labor: form.value('Labor type'),
        comment: form.value('Comment'),
        audience: form.value('Audience'),
      }).toEqual({ round, ...typed, labor: 'travel $50' });
      await form.submit('Preview');
      preview = await howard.modal('Check and bill');
      await preview.waitFor('[Bill ');
    }
    expect(writes(world)).toEqual([]);
  });

  test('opens from the Bill button of a ticket card', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', 'ticket 32164');
    const card = await howard.message(/Own cloud thing again/);
    await card.click('Bill');
    const form = await howard.modal('Bill #32164');
    await form.waitFor('Jerry Burger');
    expect(JSON.stringify(form.raw.source)).toContain('"focus_on_load":true');
    expect(form.value('Minutes')).toBe('');
  });

  test('does not come back over a preview that was quicker than the form’s own reading', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    world.syncro.fault({ kind: 'stale-read', method: 'GET', path: '/tickets', afterMs: 800 });
    world.syncro.fault({ kind: '401', method: 'GET', path: '/me' });
    await howard.slash('/syncro', 'bill 32164');
    const form = await howard.modal('Bill #32164');
    await fillIn(form, { minutes: '45', labor: 'remote', comment: SAMPLE_COMMENT });
    await form.submit('Preview');
    const preview = await howard.modal('Check and bill');
    await preview.waitFor('Syncro refused your key');
    await world.slack.until(() => world.syncro.requests.some(({ path }) => path.startsWith('/customers/')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(preview.title).toBe('Check and bill');
    expect(preview.text()).toContain('Syncro refused your key');
  });
});

describe('minutes and labor by a tap', () => {
  test('a tap on 45 puts it into Minutes and loses nothing else, again after it was typed over', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    expect(form.text()).toContain('[15] [30] [45] [60]');
    await fillIn(form, { labor: 'onsite', comment: 'Typed *before* the tap', audience: 'Internal only' });
    const held = () => ['Minutes', 'Labor type', 'Comment', 'Audience'].map((label) => form.value(label));
    for (const minutes of ['45', '60', '45']) {
      await form.click(minutes);
      await world.slack.until(() => form.value('Minutes') === minutes);
      expect(held()).toEqual([minutes, 'onsite $175', 'Typed *before* the tap', 'Internal only']);
      expect(form.text()).toContain('Own cloud thing again\nJerry Burger\n');
      await form.type('Minutes', '50');
    }
    await form.type('Minutes', '');
    const { errors } = await form.submit('Preview');
    expect(errors).toEqual({ Minutes: 'Please complete this required field.' });
    await form.click('45');
    await world.slack.until(() => form.value('Minutes') === '45');
    await form.submit('Preview');
    await (await howard.modal('Check and bill')).waitFor('0.75 h × $175.00 = $131.25');
  });

  test('what was chosen and tapped before Syncro answered stays when its answer comes', async () => {
    const world = await start();
    world.syncro.setLatency(900);
    const howard = world.slack.person('U012HOWARD');
    await howard.slash('/syncro', 'bill 32164');
    const form = await howard.modal('Bill #32164');
    expect(form.text()).toContain('( ) remote ( ) onsite');
    await form.choose('Labor type', 'onsite');
    await form.type('Comment', 'Quicker than Syncro');
    await form.click('30');
    await form.waitFor('Invoice');
    expect(form.text()).toContain('( ) remote $150 (•) onsite $175');
    expect(['Minutes', 'Labor type', 'Comment'].map((label) => form.value(label))).toEqual([
      '30',
      'onsite $175',
      'Quicker than Syncro',
    ]);
  });

  test('rates that can’t be read are left out, and nobody waits for them twice', async () => {
    const world = await start();
    world.syncro.fault({ kind: '500-before', method: 'GET', path: /^\/products\/26118$/, times: 99 });
    const howard = world.slack.person('U012HOWARD');
    const form = await openBillForm(howard, 32164);
    expect(form.text()).toContain('( ) remote $150 ( ) onsite ( ) emergency');
    await form.close();
    const asked = world.syncro.requests.filter(({ path }) => path === '/products/1190473').length;
    const again = await openBillForm(howard, 32165);
    expect(again.text()).toContain('( ) remote $150 ( ) onsite ( ) emergency');
    expect(world.syncro.requests.filter(({ path }) => path === '/products/1190473')).toHaveLength(asked);
  });

  test('more than ten labor types are a menu, for Slack takes no more radio buttons', async () => {
    const more = ['a', 'b', 'c', 'd'].map((word) => `  extra-${word}: { product_id: 26117 }`).join('\n');
    const world = await start({ config: quickConfig().replace(/^labor:$/m, `labor:\n${more}`) });
    const form = await openBillForm(world.slack.person('U012HOWARD'), 32164);
    expect(form.text()).toContain('Labor type [Choose ▾]');
    await form.choose('Labor type', 'extra-c');
    expect(form.value('Labor type')).toBe('extra-c $50');
  });

  test('mine come first', async () => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    await (await previewBill(howard, 32164, { labor: 'travel' })).submit(/^Bill /);
    await howard.message(/Billed #32164/);
    const form = await openBillForm(howard, 32165);
    expect(form.text()).toContain('Labor type ( ) travel $50 ( ) remote $150');
  });
});

describe('the audience', () => {
  test.each([
    ['Email the customer', false, false, '✉ Emails jerry@customer.example:', /\n✉ jerry@customer\.example: "/, 1],
    ['Customer portal, no email', false, true, '👁 Customer portal, no email:', /\n👁 "/, 0],
    ['Internal only', true, true, '🔒 Only your team sees it:', /\n🔒 "/, 0],
  ])('%s is sent so and said so before', async (audience, hidden, doNotEmail, before, told, mails) => {
    const world = await start();
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164, { audience });
    expect(preview.text()).toContain(before);
    await preview.submit(/^Bill /);
    const receipt = await howard.message(/Billed #32164/);
    expect(receipt.text).toMatch(told);
    const sent = world.syncro.requests.find(({ path }) => path.endsWith('/comment'));
    expect(sent?.body).toMatchObject({ hidden, do_not_email: doNotEmail });
    expect(world.syncro.state.outbox).toHaveLength(mails);
  });

  test('says the contact’s address, not the customer’s, where the ticket has a contact', async () => {
    const world = await start();
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32163);
    expect(preview.text()).toContain('Emails jim@customer.example:');
    expect(preview.text()).not.toContain('leeann@customer.example');
  });

  test('warns when nobody would get the email', async () => {
    const world = await start();
    for (const customer of world.syncro.state.customers) customer.email = null;
    const preview = await previewBill(world.slack.person('U012HOWARD'), 32164);
    expect(preview.text()).toContain('! Syncro has no email address for this customer');
  });
});

describe('rounding', () => {
  const config = quickConfig({ more: 'billing:\n  round_up_to_minutes: 15\n  minimum_minutes: 30\n' });

  test.each([
    ['41', '0.75 h × $150.00 = $112.50', '(worked 41 min, billed 45)'],
    ['5', '0.5 h × $150.00 = $75.00', '(worked 5 min, billed 30)'],
    ['46', '1.0 h × $150.00 = $150.00', '(worked 46 min, billed 60)'],
  ])('of %s minutes shows what was worked and what is billed', async (minutes, sum, words) => {
    const world = await start({ config });
    const howard = world.slack.person('U012HOWARD');
    const preview = await previewBill(howard, 32164, { minutes });
    expect(preview.text()).toContain(sum);
    expect(preview.text()).toContain(words);
  });

  test('says nothing where nothing was rounded, and bills what was shown', async () => {
    const world = await start({ config });
    const howard = world.slack.person('U012HOWARD');
    const even = await previewBill(howard, 32164, { minutes: '45' });
    expect(even.text()).not.toContain('worked');
    await even.closeAll();
    const preview = await previewBill(howard, 32164, { minutes: '41' });
    await preview.submit(/^Bill /);
    await howard.message(/Billed #32164 [^$£]*\$112\.50/);
    expect(world.syncro.state.lines.at(-1)?.quantity).toBe(0.75);
  });
});
