import type { Browser, Page } from 'playwright-core';
import type { Demo } from '../../../src/sandbox/page/start-demo.ts';

const ACTION_MS = 10_000;

export type Size = { readonly width: number; readonly height: number };
export const DESK: Size = { width: 1280, height: 800 };
export const HAND: Size = { width: 390, height: 844 };

/** The page, ready to type into. */
export const openPage = async (browser: Browser, demo: Demo, viewport = DESK): Promise<Page> => {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  page.setDefaultTimeout(ACTION_MS);
  await page.goto(demo.url);
  await page.locator('#composer').waitFor();
  return page;
};
