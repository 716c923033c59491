import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launch, openIn, openPage } from './browser-driver.ts';
import { waitFor } from './driver.ts';
import { findChromium } from './find-chromium.ts';
import { flows, useDemo } from './flows.ts';

/** Without one the same flows still run in `page-http.test.ts`. */
const chromium = findChromium();
const where = chromium ? describe : describe.skip;

const now: { browser?: Browser } = {};
const browser = (): Browser => {
  if (!now.browser) throw new Error('the browser is not open');
  return now.browser;
};

/** What axe finds that keeps somebody from using the page. */
const seriousOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations))",
  );
  const violations: readonly axe.Result[] = JSON.parse(String(found));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
};

where('the demo, in a browser', () => {
  beforeAll(async () => {
    now.browser = await launch(chromium ?? '');
  });
  afterAll(async () => now.browser?.close());

  const tools = useDemo((demo) => openIn(browser())(demo));
  flows(tools);

  const on = async (size: { width: number; height: number }, use: (page: Page) => Promise<void>): Promise<void> => {
    const page = await openPage(browser(), tools.demo(), size);
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(tools.demo().url)) broken.push(`asked ${request.url()}`);
    });
    try {
      await use(page);
      expect(broken).toEqual([]);
    } finally {
      tools.demo().slack.workspace.stacks.clear();
      await page.close();
    }
  };
  const type = async (page: Page, text: string): Promise<void> => {
    await page.locator('#composer').fill(text);
    await page.locator('#composer').press('Enter');
  };
  const desk = { width: 1280, height: 800 };
  const hand = { width: 390, height: 844 };

  test.each([
    ['desk', 'light', desk],
    ['desk', 'dark', desk],
    ['hand', 'light', hand],
    ['hand', 'dark', hand],
  ] as const)('axe finds nothing serious at the %s, %s', async (_name, colorScheme, size) => {
    await on(size, async (page) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await seriousOf(page)).toEqual([]);
      await type(page, '/syncro ticket 32154');
      await page.locator('.row.only-you', { hasText: '#32154' }).last().waitFor();
      expect(await seriousOf(page)).toEqual([]);
      await type(page, '/syncro create');
      await page.locator('#dialog').getByLabel('Subject', { exact: true }).waitFor();
      await page.locator('#dialog .footer .primary').click();
      await page.locator('#dialog .error').first().waitFor();
      expect(await seriousOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('#dialog').waitFor({ state: 'detached' });
      await page.locator('.place', { hasText: 'Syncro' }).click();
      await page.getByRole('tab', { name: 'Home' }).click();
      await page.getByText('Your open tickets').waitFor();
      expect(await seriousOf(page)).toEqual([]);
      if (size === hand) {
        await page.locator('.panes button', { hasText: 'Syncro' }).click();
        expect(await seriousOf(page)).toEqual([]);
      }
    });
  });

  test('is used by keyboard alone: completion, a form that keeps the focus, Escape', async () => {
    await on(desk, async (page) => {
      await page.locator('#composer').focus();
      await page.keyboard.type('/syncro com');
      await page.getByRole('option', { name: /comment <number>/ }).waitFor();
      await page.keyboard.press('Tab');
      expect(await page.locator('#composer').inputValue()).toBe('/syncro comment ');
      await page.keyboard.type('32164');
      await page.keyboard.press('Enter');
      await page.getByText('E-mail goes to').waitFor();
      await waitFor('the focus', () => page.evaluate('document.activeElement.tagName'), /TEXTAREA/);
      for (let stop = 0; stop < 12; stop += 1) {
        await page.keyboard.press(stop % 5 === 4 ? 'Shift+Tab' : 'Tab');
        expect(await page.evaluate("document.getElementById('dialog').contains(document.activeElement)")).toBe(true);
      }
      await page.keyboard.press('F6');
      expect(await page.evaluate('document.activeElement.id')).toBe('syncro');
      await page.keyboard.press('F6');
      await page.keyboard.press('Escape');
      await page.locator('#dialog').waitFor({ state: 'detached' });
      expect(await page.evaluate('document.activeElement.id')).toBe('composer');
    });
  });

  test('asks before it does what the app wants asked', async () => {
    await on(desk, async (page) => {
      await type(page, '/syncro timer start 32165');
      await page
        .locator('.row', { hasText: /Timer on/ })
        .last()
        .waitFor();
      await type(page, '/syncro timer stop');
      await page.locator('#dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('#dialog').waitFor({ state: 'detached' });
      await type(page, '/syncro timer list');
      await page.locator('.row', { hasText: 'Your timers' }).last().waitFor();
      const offers = page.locator('.row').getByRole('button', { name: 'Discard' });
      const before = await offers.count();
      await offers.last().click();
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      expect(await offers.count()).toBe(before);
      await offers.last().click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
      await waitFor('offers to discard', async () => String((await offers.count()) < before), /true/);
    });
  });

  test('leads nowhere out of this machine: a link shows its ticket beside, or its address', async () => {
    await on(desk, async (page) => {
      await type(page, '/syncro ticket 32153');
      const row = page.locator('.row.only-you', { hasText: '#32153' }).last();
      await row.getByRole('link', { name: 'Open in Syncro' }).click();
      await waitFor('the ticket', () => page.locator('#ticket').inputValue(), /32153/);
      expect(page.url()).toBe(tools.demo().url);
      expect(page.context().pages()).toHaveLength(1);
    });
  });
});
