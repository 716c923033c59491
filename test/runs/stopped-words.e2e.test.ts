import { describe, expect, test } from '@jest/globals';
import { customerIds } from '../../sandbox/syncro/sample-customers.ts';
import { openBillForm, startBilling } from '../features/bill/bill-steps.ts';
import { ticketByNumber, writes } from '../features/tickets/ticket-effects.ts';
import { howardOf } from '../world/people.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

const WORDS = 'What I did, step by step.';

describe('what was typed for work that was stopped', () => {
  test('is in the next form, where nothing was sent', async () => {
    const world = await start();
    const howard = howardOf(world);
    const open = async () => {
      await howard.slash('/syncro', 'comment 32164');
      const form = await howard.modal('Comment on #32164');
      await form.waitFor('Email goes to');
      return form;
    };
    const form = await open();
    await form.type('Comment', WORDS);
    await form.choose('Audience', 'Email the customer');
    await form.submit('Preview');
    const preview = await howard.modal('Check and post');
    await preview.waitFor('[Email ');
    ticketByNumber(world, 32164).customer_id = customerIds.acmeWest;
    // What was read for the preview is too old by then.
    await new Promise((resolve) => setTimeout(resolve, 31_000));
    await preview.submit(/^Email /);
    await (await howard.message(/changed since you looked/)).click('Stop');
    await howard.message(/Stopped commenting.*Nothing was sent/s);
    const again = await open();
    expect(again.text()).toContain('Your draft from ');
    expect([again.value('Comment'), again.value('Audience')]).toEqual([WORDS, 'Email the customer']);
    await again.click('Clear');
    await world.slack.until(() => !again.text().includes('Your draft'));
    await (await howard.modal('Comment on #32164')).closeAll();
    expect((await open()).value('Comment')).toBe('');
    expect(writes(world)).toEqual([]);
  });

  test('is in the next form, where Syncro refused it', async () => {
    const world = await start();
    const howard = howardOf(world);
    const open = async () => {
      await howard.slash('/syncro', 'close 32164');
      const form = await howard.modal('Close #32164');
      await form.waitFor('[Close ticket]');
      return form;
    };
    const form = await open();
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/comment$/, body: { error: 'No.' } });
    await form.type('Resolution', WORDS);
    await form.submit('Close ticket');
    const question = await howard.message(/refused the comment/);
    const meanwhile = await open();
    expect(meanwhile.value('Resolution')).toBe('');
    await meanwhile.close();
    await question.click('Stop');
    await howard.message(/Stopped closing.*Nothing was sent/s);
    const again = await open();
    expect(again.value('Resolution')).toBe(WORDS);
    await again.submit('Close ticket');
    await howard.message(/Closed #32164/);
    expect((await open()).value('Resolution')).toBe('');
  });

  test('is not offered again, where the comment is there', async () => {
    const world = await start();
    const howard = howardOf(world);
    world.syncro.fault({ kind: '422', method: 'POST', path: /\/add_line_item$/, body: { error: 'No.' } });
    await startBilling(howard, 32164);
    await (await howard.message(/refused the (line|labor)/)).click('Stop');
    await howard.message(/Stopped billing/);
    expect((await openBillForm(howard, 32164)).text()).not.toContain('Your draft');
  });
});
