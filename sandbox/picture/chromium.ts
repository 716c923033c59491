import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--force-device-scale-factor=1',
  '--disable-lcd-text',
  '--lang=en-US',
];
const TIMEOUT_MS = 60_000;

export type Browser = {
  /** The document as it is after its own scripts ran. */
  readonly dom: (html: string) => Promise<string>;
  readonly screenshot: (html: string, file: string, width: number, height: number) => Promise<void>;
  readonly close: () => void;
};

/** @returns undefined when there is none on PATH */
export const findBrowser = async (): Promise<Browser | undefined> => {
  for (const name of NAMES) {
    const works = await run(name, ['--version'], { timeout: TIMEOUT_MS }).then(
      () => true,
      () => false,
    );
    if (works) return browser(name);
  }
  return undefined;
};

const browser = (name: string): Browser => {
  const dir = mkdtempSync(join(tmpdir(), 'pictures-'));
  const open = async (html: string, args: readonly string[]): Promise<string> => {
    const page = join(dir, 'page.html');
    writeFileSync(page, html);
    const profile = `--user-data-dir=${join(dir, 'profile')}`;
    const { stdout } = await run(name, [...FLAGS, profile, ...args, pathToFileURL(page).href], {
      timeout: TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
      // Dates in inputs are written in the language of the environment.
      env: { ...process.env, LANGUAGE: 'en_US', LANG: 'en_US.UTF-8' },
    });
    return stdout;
  };
  return {
    dom: (html) => open(html, ['--dump-dom']),
    screenshot: async (html, file, width, height) => {
      await open(html, [`--screenshot=${file}`, `--window-size=${width},${height}`]);
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
};
