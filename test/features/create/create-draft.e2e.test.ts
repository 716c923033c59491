import { describe, expect, test } from '@jest/globals';
import type { Modal } from '../../../sandbox/slack/slack.ts';
import { howardOf, winterOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';
import { writes } from '../tickets/ticket-effects.ts';
import { openCreate, receiptOf } from './create-steps.ts';

const start = useWorld();

const held = (form: Modal) => ['Customer', 'Subject', 'Description', 'Audience'].map((label) => form.value(label));
const EMPTY = ['', '', '', 'Customer portal, no email'];
const TYPED = ['Acme West', 'Printer offline', 'Blinks red.', 'Internal only'];

/** A form that was filled in; nothing is sent. */
const filledIn = async () => {
  const world = await start();
  const howard = howardOf(world);
  const form = await openCreate(howard, 'Acme West Printer offline');
  await form.type('Description', 'Blinks red.');
  await form.choose('Audience', 'Internal only');
  return { world, howard, form };
};

describe('a form for a new ticket that was closed', () => {
  test('leaves what was typed for the next one, until it is cleared', async () => {
    const { world, howard, form } = await filledIn();
    await form.close();
    const theirs = await openCreate(winterOf(world));
    expect(theirs.text()).not.toContain('Your draft');
    const again = await openCreate(howard);
    expect(again.text()).toMatch(/^New ticket\nYour draft from \d\d:\d\d UTC is here\. {2}\[Clear\]\n/);
    expect(held(again)).toEqual(TYPED);
    await again.click('Clear');
    const empty = await howard.modal('New ticket');
    await world.slack.until(() => !empty.text().includes('Your draft'));
    await empty.waitFor('Priority');
    expect(held(empty)).toEqual(EMPTY);
    await empty.close();
    expect((await openCreate(howard)).text()).not.toContain('Your draft');
    expect(writes(world)).toEqual([]);
  });

  test('leaves it also from the tickets like it, and not when it was sent', async () => {
    const { howard, form } = await filledIn();
    await form.submit('Create');
    await (await howard.modal('Check and create')).close();
    const again = await openCreate(howard);
    expect(held(again)).toEqual(TYPED);
    await again.submit('Create');
    await (await howard.modal('Check and create')).submit('Create anyway');
    await receiptOf(howard);
    const next = await openCreate(howard);
    expect(next.text()).not.toContain('Your draft');
    expect(held(next)).toEqual(EMPTY);
  });

  test('leaves it also from the new customer', async () => {
    const { howard, form } = await filledIn();
    await form.click('New customer…');
    await (await howard.modal('New customer')).close();
    expect(held(await openCreate(howard))).toEqual(TYPED);
  });

  test('without anything typed into it leaves nothing', async () => {
    const world = await start();
    const howard = howardOf(world);
    // Asked of Syncro when the form is there already, then remembered: neither was typed into the form.
    for (const _ of [1, 2]) await (await openCreate(howard, 'Acme West Printer offline')).close();
    expect((await openCreate(howard)).text()).not.toContain('Your draft');
  });

  test('waits where a command brings something, known or to be asked of Syncro', async () => {
    const world = await start();
    const howard = howardOf(world);
    // The customers can't be read whole yet.
    world.syncro.fault({ kind: '422', method: 'GET', path: '/customers' });
    const form = await openCreate(howard);
    await form.type('Subject', 'Half a story');
    await form.close();
    for (const _ of [1, 2]) {
      const named = await openCreate(howard, 'Acme West Printer offline');
      expect(named.value('Subject')).toBe('Printer offline');
      expect(named.text()).not.toContain('Your draft');
      await named.close();
    }
    expect((await openCreate(howard)).value('Subject')).toBe('Half a story');
  });
});
