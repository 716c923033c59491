import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openView, pushView, updateView } from '../../../sandbox/slack/views.ts';
import { waitFor } from './driver.ts';
import type { useDemo } from './flows.ts';
import { DESK, HAND, openAgain, openPage, type Size } from './open-page.ts';
import { seriousProblems } from './serious-problems.ts';

const HOWARD = 'U012HOWARD';
const plain = (text: string) => ({ type: 'plain_text', text });

/** Text that is smaller than Slack's own small print. */
const SMALL_TYPE = `[...document.querySelectorAll('body *')]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 12 && each.offsetParent !== null)
  .map((each) => each.outerHTML.slice(0, 120))`;

/** What only a browser can show. Each begins with a fresh page. */
export const browserTests = (browser: Browser, { demo }: ReturnType<typeof useDemo>): void => {
  const now: { page?: Page; broken: string[] } = { broken: [] };
  const page = (): Page => {
    if (!now.page) throw new Error('the page is not open');
    return now.page;
  };
  const open = async (size: Size): Promise<void> => {
    if (now.page) return openAgain(now.page, demo(), size);
    now.page = await openPage(browser, demo(), size);
    now.page.on('pageerror', (error) => now.broken.push(String(error)));
    now.page.on('request', (request) => {
      if (!request.url().startsWith(demo().url)) now.broken.push(`asked ${request.url()}`);
    });
  };
  beforeEach(() => {
    now.broken = [];
  });
  afterEach(async () => {
    const red = await now.page?.locator('.unknown').allInnerTexts();
    expect([...now.broken, ...(red ?? [])]).toEqual([]);
  });

  const say = async (text: string): Promise<void> => {
    await page().locator('#composer').fill(text);
    await page().locator('#composer').press('Enter');
  };
  const answer = (words: string | RegExp) => page().locator('.row', { hasText: words }).last();
  const dialog = () => page().locator('#dialog');
  const isGone = (selector: string): Promise<void> => page().locator(selector).waitFor({ state: 'detached' });
  const focused = (): Promise<unknown> =>
    page().evaluate('document.activeElement.id || document.activeElement.tagName');
  /** Everything in it can be reached and read, and nothing hangs out at the side. */
  const isSound = async (): Promise<void> => {
    expect(await seriousProblems(page())).toEqual([]);
    expect(await page().evaluate(SMALL_TYPE)).toEqual([]);
    expect(await page().evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  };

  test.each([
    ['desk', DESK],
    ['hand', HAND],
  ])('everybody can read and reach everything on a screen for the %s, in light and dark', async (_name, size) => {
    await open(size);
    await isSound();
    await say('/syncro ticket 32154');
    await answer('#32154').waitFor();
    await page().getByRole('button', { name: 'More actions' }).first().click();
    await isSound();
    await page().keyboard.press('Escape');
    await say('/syncro create');
    await dialog().getByLabel('Subject', { exact: true }).waitFor();
    await dialog().locator('.footer .primary').click();
    await dialog().locator('.error').first().waitFor();
    await dialog().getByRole('combobox', { name: 'Customer' }).fill('acme');
    await page().getByRole('option', { name: 'Acme West' }).waitFor();
    await isSound();
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
    await isGone('#dialog');
    await page().locator('.place', { hasText: 'Syncro' }).click();
    await page().getByRole('tab', { name: 'Home' }).click();
    await page().getByText('Your open tickets').first().waitFor();
    if (size === HAND) await page().locator('.panes button', { hasText: 'Try this' }).click();
    await page().getByRole('button', { name: 'Break it' }).click();
    await isSound();
    if (size === HAND) {
      await page().locator('.panes button', { hasText: 'Syncro' }).click();
      await isSound();
    }
  });

  /** Goes on with Tab until something reads so. */
  const tabTo = async (words: RegExp): Promise<void> => {
    const here = async (): Promise<string> =>
      String(
        await page().evaluate(
          '(({ ariaLabel, textContent, id }) => ariaLabel || textContent || id)(document.activeElement)',
        ),
      );
    for (let stop = 0; !words.test(await here()); stop += 1) {
      if (stop === 80) throw new Error(`no Tab leads to ${String(words)}`);
      await page().keyboard.press('Tab');
    }
  };

  test('completes a command as far as Slack does, keeps the focus in a form, and comes back to where one was', async () => {
    await open(DESK);
    await page().locator('#composer').focus();
    await page().keyboard.type('/syn');
    await page().getByRole('option', { name: '/syncro' }).waitFor();
    await page().keyboard.press('Tab');
    expect(await page().locator('#composer').inputValue()).toBe('/syncro ');
    await page()
      .getByRole('option', { name: /bill 32164 45m remote/ })
      .waitFor();
    await page().keyboard.type('comment 32164');
    expect(await page().locator('#suggestions').count()).toBe(0);
    await page().keyboard.press('Enter');
    await page().getByText('Email goes to').waitFor();
    await waitFor('the focus', async () => String(await focused()), /comment/);
    for (let stop = 0; stop < 12; stop += 1) {
      await page().keyboard.press(stop % 5 === 4 ? 'Shift+Tab' : 'Tab');
      expect(await page().evaluate("document.getElementById('dialog').contains(document.activeElement)")).toBe(true);
    }
    await page().keyboard.press('F6');
    expect(await focused()).toBe('syncro');
    await page().keyboard.press('F6');
    await page().keyboard.press('Escape');
    await isGone('#dialog');
    expect(await focused()).toBe('composer');
  });

  test('leads from forgotten money to its invoice by keyboard alone, and ticks what happens', async () => {
    await open(DESK);
    const guide = page().locator('.guidance');
    const reads = (pattern: RegExp): Promise<void> => waitFor('the guide', () => guide.innerText(), pattern);
    const done = (count: number): Promise<void> =>
      waitFor('the steps done', async () => String(await guide.locator('li.done').count()), new RegExp(`^${count}$`));
    const { tickets, lines } = demo().syncro.state;
    const finished = tickets.filter(({ status }) => status === 'Resolved').map(({ id }) => id);
    const forgotten = lines.filter(({ ticket_id, converted }) => finished.includes(ticket_id ?? 0) && !converted);
    const cents = forgotten.reduce((sum, { quantity, retail_cents }) => sum + quantity * retail_cents, 0);
    await reads(new RegExp(`${forgotten.length} finished tickets were never invoiced: \\$${(cents / 100).toFixed(2)}`));
    await tabTo(/^Start$/);
    await page().keyboard.press('Enter');
    await done(0);
    expect(await focused()).toBe('composer');
    await page().keyboard.press('Enter');
    await done(1);
    await reads(/Press “Invoice \$175\.00”/);
    await tabTo(/^Invoice \$175\.00$/);
    await page().keyboard.press('Enter');
    await done(2);
    await dialog()
      .locator('.footer .primary', { hasText: /^Invoice \$175\.00/ })
      .waitFor();
    await reads(/then press “Invoice \$175\.00”/);
    await tabTo(/^Invoice \$175\.00$/);
    await page().keyboard.press('Enter');
    await done(4);
    expect(await page().locator('.counts').innerText()).toBe('emails 0 · lines 1 · invoices 1');
    expect(await page().locator('#syncro').innerText()).toMatch(/Replaced the switch[\s\S]*Total \$175\.00/);
    await tabTo(/^Show the receipt$/);
    await page().keyboard.press('Enter');
    await page().locator('.row.pointed', { hasText: '#32160' }).waitFor();
    await reads(/#32160 is invoiced, \d+ seconds? after you started\.[\s\S]*1 finished ticket left/);
    await tabTo(/^Hide the guide$/);
    await page().keyboard.press('Enter');
    await isGone('.guidance');
  });

  test('bills by keyboard alone, and shows the email and the invoice as the customer sees them', async () => {
    await open(DESK);
    await page().locator('#composer').focus();
    await page().keyboard.type('/syncro bill 32151 15m remote');
    await page().keyboard.press('Enter');
    await dialog().getByLabel('Comment', { exact: true }).waitFor();
    await tabTo(/-comment$/);
    await page().keyboard.type('Removed what started by itself.');
    await tabTo(/^Preview$/);
    await page().keyboard.press('Enter');
    await dialog().locator('.footer .primary', { hasText: /^Bill/ }).waitFor();
    await tabTo(/^Bill/);
    await page().keyboard.press('Enter');
    await waitFor('the counters', () => page().locator('.counts').innerText(), /^emails 1 · lines 1 · invoices 1$/);
    const customer = await page().locator('#syncro').innerText();
    expect(customer).toMatch(/To \S+@\S+\s+\[#32151\] Slow computer\s+Removed what started by itself\./);
    expect(customer).toMatch(/Invoice #\d+[\s\S]*Total \$37\.50/);
    await page().locator('.place .count').waitFor();
    await tabTo(/^◼Syncro/);
    await page().keyboard.press('Enter');
    await answer('#32151').waitFor();
  });

  test('points to the receipt when an answer was lost', async () => {
    await open(DESK);
    await page().getByRole('button', { name: 'Try this' }).click();
    await page().getByRole('button', { name: 'Lose an answer' }).click();
    await page().locator('#composer').fill('/syncro bill 32161 15m remote');
    await page().locator('#composer').press('Enter');
    await dialog().getByLabel('Comment', { exact: true }).fill('Set up the scanner.');
    await page().keyboard.press('Control+Enter');
    await waitFor('the button', () => dialog().locator('.footer .primary').innerText(), /^Bill/);
    await page().keyboard.press('Control+Enter');
    await page().locator('.guidance.trouble', { hasText: 'on #32161 was lost' }).waitFor();
    await isSound();
    await page().getByRole('button', { name: 'Show the receipt' }).click();
    await page().locator('.row.pointed', { hasText: '#32161' }).waitFor();
    expect(await page().locator('.guidance.trouble').count()).toBe(0);
  });

  test('gives a technician without a key a token to connect with', async () => {
    await open(DESK);
    await page().locator('#acting').selectOption({ label: 'Rob Keane' });
    const guide = page().locator('.guidance.connect');
    const token = await guide.locator('code').innerText();
    await isSound();
    await guide.getByRole('button', { name: 'Type it for me' }).click();
    await page().locator('#composer').press('Enter');
    await dialog().getByLabel('API token').fill(token);
    await page().keyboard.press('Enter');
    await dialog().getByText('Connected as Rob Keane').waitFor();
    await isGone('.guidance.connect');
    await page().keyboard.press('Escape');
    await isGone('#dialog');
  });

  test('loses no key, whatever is offered and no longer offered while somebody writes', async () => {
    await open(DESK);
    await page().locator('#composer').focus();
    const written = (): Promise<string> => page().locator('#composer').inputValue();
    let wanted = '';
    for (const key of '/syncro bill 32164') {
      wanted += key;
      await page().keyboard.press(key === ' ' ? 'Space' : key);
      expect([await written(), await focused()]).toEqual([wanted, 'composer']);
    }
    // Back into the words that are offered, and on again.
    const again = 'ro bill 32164';
    for (let keys = 0; keys < again.length; keys += 1) await page().keyboard.press('Backspace');
    await page().getByRole('option', { name: '/syncro' }).waitFor();
    for (const key of again) await page().keyboard.press(key === ' ' ? 'Space' : key);
    expect([await written(), await focused()]).toEqual([wanted, 'composer']);
    await page().keyboard.press('Enter');
    await dialog().getByText('Bill #32164').waitFor();
    await page().keyboard.press('Escape');
    await isGone('#dialog');
  });

  test("opens a message's menu by keyboard, goes through it with the arrows, and comes back to its button", async () => {
    await open(DESK);
    const button = answer('Jerry called').getByRole('button', { name: 'More actions' });
    const here = (): Promise<unknown> => page().evaluate('document.activeElement.textContent');
    await button.focus();
    await page().keyboard.press('Enter');
    expect(await here()).toMatch(/^Bill time/);
    await page().keyboard.press('ArrowDown');
    expect(await here()).toMatch(/^Add to ticket/);
    await page().keyboard.press('ArrowUp');
    await page().keyboard.press('ArrowUp');
    expect(await here()).toMatch(/^Create ticket/);
    await page().keyboard.press('Escape');
    await isGone('[role="menu"]');
    expect(await page().evaluate("document.activeElement.getAttribute('aria-label')")).toBe('More actions');
  });

  test('stays at the newest message, but not under somebody who reads back', async () => {
    await open(DESK);
    const fromEnd = (): Promise<unknown> =>
      page().evaluate(
        "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.getElementById('messages'))",
      );
    const isAtEnd = (): Promise<void> =>
      waitFor('the distance to the end', async () => String(await fromEnd()), /^[01]$/);
    const others = async (text: string): Promise<void> => {
      await demo().slack.person('U012WINTER').post('C0GENERAL', text);
      await answer(text).waitFor();
    };
    await say('/syncro help');
    await answer('What /syncro can do').waitFor();
    await page().setViewportSize({ width: 1280, height: 500 });
    await others('First');
    await isAtEnd();
    await page().locator('#messages').hover();
    await page().mouse.wheel(0, -300);
    await waitFor('where one reads', async () => String(await fromEnd()), /^3\d\d/);
    await others('Second');
    expect(await fromEnd()).toBeGreaterThan(300);
    await say('Third');
    await answer('Third').waitFor();
    await isAtEnd();
  });

  test('asks for the Home again once an app is back that was away', async () => {
    await open(DESK);
    await page().locator('#acting').selectOption({ label: 'Winter Hale' });
    await page().getByRole('button', { name: 'Kill the app now' }).click();
    await page().locator('.place', { hasText: 'Syncro' }).click();
    await page().getByRole('tab', { name: 'Home' }).click();
    await page().getByText('The app was killed').first().waitFor();
    await page().getByText('Your open tickets').first().waitFor();
  });

  test('asks before it does what the app wants asked', async () => {
    await open(DESK);
    await say('/syncro timer start 32165');
    await answer(/Timer on/).waitFor();
    await say('/syncro timer stop');
    await dialog().waitFor();
    await page().keyboard.press('Escape');
    await isGone('#dialog');
    await say('/syncro timer list');
    await answer('Your timers').waitFor();
    const offers = page().locator('.row').getByRole('button', { name: 'Discard' });
    const before = await offers.count();
    await offers.last().click();
    await page().getByRole('alertdialog').waitFor();
    await page().keyboard.press('Escape');
    await isGone('[role="alertdialog"]');
    expect(await offers.count()).toBe(before);
    await offers.last().click();
    await page().getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await waitFor('offers to discard', async () => String((await offers.count()) < before), /true/);
  });

  test('leads nowhere out of this machine: a link shows its ticket beside, or its address', async () => {
    await open(DESK);
    await say('/syncro ticket 32153');
    await page().locator('#ticket').fill('32164');
    await page().locator('#ticket').press('Enter');
    await page().locator('.subject', { hasText: 'Own cloud thing again' }).waitFor();
    await answer('#32153').getByRole('link', { name: 'Open in Syncro' }).click();
    await waitFor('the ticket', () => page().locator('#ticket').inputValue(), /32153/);
    expect(page().url()).toBe(demo().url);
    expect(page().context().pages()).toHaveLength(1);
  });

  test('pushes a form onto another as Slack does: the cursor where it is wanted, Back to what was typed, ✕ away from all', async () => {
    await open(DESK);
    const { core } = demo().slack.wiring;
    const stack = () => demo().slack.workspace.stacks.get(HOWARD) ?? [];
    const text = (name: string, more = {}) => ({
      type: 'input',
      block_id: name,
      label: plain(name),
      element: { type: 'plain_text_input', action_id: name, ...more },
    });
    const form = { type: 'modal', title: plain('Form'), submit: plain('Preview'), blocks: [text('Minutes')] };
    openView(core, 'test', HOWARD, form);
    await dialog().getByLabel('Minutes').waitFor();
    const [below] = stack();
    if (!below) throw new Error('no form is open');
    const field = (): Promise<unknown> => page().evaluate('document.activeElement.dataset.action');
    expect(await field()).toBe('Minutes');
    // What Syncro answered brings a field that wants the cursor.
    updateView(core, 'test', below, { ...form, blocks: [text('Minutes'), text('Comment', { focus_on_load: true })] });
    await waitFor('the focus', async () => String(await field()), /^Comment$/);
    await page().keyboard.type('Reset it.');
    const held = async () => String(below.values.get('Comment')?.get('Comment')?.value);
    await waitFor('what was typed', held, /^Reset it\.$/);
    const push = (): void => {
      const alert = { type: 'alert', level: 'error', text: plain('Already billed today.') };
      pushView(core, 'test', HOWARD, { ...form, title: plain('Check'), close: plain('Back'), blocks: [alert] });
    };
    push();
    await dialog().locator('.alert.error', { hasText: 'Already billed today.' }).waitFor();
    await dialog().locator('.footer').getByRole('button', { name: 'Back', exact: true }).click();
    await waitFor('the comment', () => dialog().getByLabel('Comment').inputValue(), /^Reset it\.$/);
    expect(stack()).toEqual([below]);
    push();
    await dialog().locator('.alert').waitFor();
    await dialog().getByRole('button', { name: 'Close everything' }).click();
    await isGone('#dialog');
    expect(stack()).toEqual([]);
  });

  test('lets people, channels and days be picked', async () => {
    await open(DESK);
    const input = (name: string, type: string) => ({
      type: 'input',
      block_id: name,
      label: plain(name),
      element: { type, action_id: name },
    });
    openView(demo().slack.wiring.core, 'test', HOWARD, {
      type: 'modal',
      title: plain('Pick'),
      submit: plain('Go'),
      blocks: [input('Who', 'users_select'), input('Where', 'channels_select'), input('When', 'datepicker')],
    });
    await dialog().getByLabel('Who').selectOption({ label: 'Winter Hale' });
    await dialog().getByLabel('Where').selectOption({ label: '#general' });
    await dialog().getByLabel('When').fill('2026-12-01');
    const held = async () =>
      JSON.stringify(
        [...(demo().slack.workspace.stacks.get(HOWARD)?.at(-1)?.values.values() ?? [])].map((row) => [...row]),
      );
    await waitFor(
      'what was picked',
      held,
      /"selected_user":"U012WINTER".*"selected_channel":"C0GENERAL".*"selected_date":"2026-12-01"/,
    );
    expect(await dialog().getByLabel('Who').locator('option:checked').textContent()).toBe('Winter Hale');
  });
};
