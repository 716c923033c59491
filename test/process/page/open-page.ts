import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../../../sandbox/page/start-demo.ts';

const ACTION_MS = 600_000;

export type Size = { readonly width: number; readonly height: number };
export const DESK: Size = { width: 1280, height: 800 };
export const HAND: Size = { width: 390, height: 844 };

/** As somebody finds it who opens it now. */
export const openAgain = async (page: Page, demo: Demo, size: Size): Promise<void> => {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(demo.url);
  await page.locator('#composer').waitFor();
};

export const openPage = async (browser: Browser, demo: Demo, size = DESK): Promise<Page> => {
  const page = await browser.newPage();
  page.setDefaultTimeout(ACTION_MS);
  await openAgain(page, demo, size);
  return page;
};
