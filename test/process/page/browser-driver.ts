import type { Page } from 'playwright-core';
import { type Driver, waitFor } from './driver.ts';

/** A form's field by its label alone: options may begin with the same word. */
const field = (page: Page, label: string) => page.locator('#dialog').getByLabel(label, { exact: true });

/** Slack's side as it reads, and what stands in its fields, which is no text of the page. */
const shownInSlack = async (page: Page): Promise<string> => {
  const fields = await page.locator('#slack').locator('input[type=text]:visible, textarea:visible').all();
  const held = await Promise.all(fields.map((each) => each.inputValue({ timeout: 1_000 }).catch(() => '')));
  return [await page.locator('#slack').innerText(), ...held].join('\n');
};

const sideTab = (page: Page, name: string) => page.locator('#syncro').getByRole('tab', { name });

/** What arrived reads tab by tab. */
const shownBeside = async (page: Page): Promise<string> => {
  const read: string[] = [];
  for (const name of ['Customer', 'Syncro', 'Requests']) {
    await sideTab(page, name).click();
    read.push(await page.locator('#syncro').innerText());
  }
  return read.join('\n');
};

export const browserDriver = (page: Page): Driver => ({
  say: async (text) => {
    await page.locator('#composer').fill(text);
    await page.locator('#composer').press('Enter');
  },
  fill: (label, text) => field(page, label).fill(text),
  choose: async (label, option) => {
    const group = page.locator('#dialog').getByRole('radiogroup', { name: label });
    if ((await group.count()) > 0) await group.getByLabel(option, { exact: true }).check();
    else {
      const select = field(page, label);
      const texts = await select.locator('option').allTextContents();
      await select.selectOption({ label: texts.find((text) => text.startsWith(option)) ?? option });
    }
  },
  search: async (label, query, option) => {
    const input = page.locator('#dialog').getByRole('combobox', { name: label });
    await input.click();
    await input.fill(query);
    const list = page.getByRole('listbox', { name: 'Choices' });
    await list.getByRole('option', { name: option }).waitFor();
    const offered = await list.getByRole('option').allTextContents();
    await list.getByRole('option', { name: option }).click();
    return offered;
  },
  submit: (button) => page.locator('#dialog .footer').getByRole('button', { name: button, exact: true }).click(),
  leave: async () => {
    await page.locator('#dialog').getByRole('button', { name: 'Close everything' }).click();
    await page.locator('#dialog').waitFor({ state: 'detached' });
  },
  back: () => page.locator('#dialog .footer').getByRole('button', { name: 'Back', exact: true }).click(),
  press: (button) => page.locator('#slack').getByRole('button', { name: button, exact: true }).last().click(),
  shortcutOf: async (words, name) => {
    const row = page.locator('.row', { hasText: words });
    await row.hover();
    await row.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
  },
  become: async (name) => {
    const option = await page.locator('#acting option', { hasText: name }).first().textContent();
    await page.locator('#acting').selectOption({ label: option ?? name });
  },
  turn: async (label) => {
    const button = page.locator('#syncro').getByRole('button', { name: label, exact: true });
    if ((await button.count()) === 0) await page.getByRole('button', { name: 'Break it' }).click();
    await button.click();
  },
  reply: async (number) => {
    await sideTab(page, 'Customer').click();
    await page.locator('#ticket').fill(String(number));
    await page.locator('#ticket').press('Enter');
    await page.getByRole('button', { name: 'Customer replies' }).click();
  },
  go: async (place) => {
    const dialog = page.locator('#dialog');
    await dialog.waitFor({ state: 'detached', timeout: 10_000 }).catch(async () => {
      throw new Error(`a form is in the way:\n${await dialog.innerText()}`);
    });
    if (place === 'general') return page.locator('.place', { hasText: 'general' }).click();
    await page.locator('.place', { hasText: 'Syncro' }).click();
    await page.getByRole('tab', { name: place === 'home' ? 'Home' : 'Messages' }).click();
  },
  sees: (pattern, timeoutMs) => waitFor('Slack', () => shownInSlack(page), pattern, timeoutMs),
  seesInSyncro: (pattern, timeoutMs) => waitFor("Syncro's pane", () => shownBeside(page), pattern, timeoutMs),
  close: () => page.close(),
});
