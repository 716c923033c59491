import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

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
/** A busy machine takes long; without a browser the tests would say less, and nobody would know. */
const LAUNCH_MS = 120_000;

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
