import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Demo } from '../../../src/sandbox/page/start-demo.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LAUNCH_MS = 20_000;
const ACTION_MS = 10_000;

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The system's own browser, with a profile of its own that goes with it. `PAGE_TESTS=http` does without.
 *
 * @returns undefined where there is none, or none that starts
 */
export const launchBrowser = async ({ PATH = '', PAGE_TESTS } = process.env): Promise<Browser | undefined> => {
  const files = PATH.split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  const executablePath = PAGE_TESTS === 'http' ? undefined : files.find(canRun);
  if (!executablePath) return undefined;
  return chromium.launch({ executablePath, args: FLAGS, timeout: LAUNCH_MS }).catch(() => undefined);
};

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
