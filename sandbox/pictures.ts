import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, findBrowser } from './picture/chromium.ts';
import { demoWalk, WALK_SIZE } from './picture/demo-walk.ts';
import { page, readSizes } from './picture/page.ts';
import { play } from './picture/play.ts';
import type { Scene } from './picture/scene.ts';
import { SCENES } from './picture/scenes.ts';
import { smallerPng } from './picture/smaller-png.ts';
import type { Look } from './picture/style.ts';

/**
 * `npm run pictures [name …]`: draws what people see, from the real app, into docs/pictures: in light and, as
 * `<name>-dark`, in the dark; lists also as a phone shows them, `<name>-phone`.
 */
const DIR = resolve('docs/pictures');

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const suffix = ({ isDark, isPhone }: Look): string => `${isPhone ? '-phone' : ''}${isDark ? '-dark' : ''}`;
/** What is read in rows, and what people look at on the way. */
const ON_PHONES = [
  'summary',
  'open-list',
  'uninvoiced',
  'search',
  'search-many',
  'customers',
  'ticket',
  'digest',
  'home',
];
const looksOf = ({ name }: Scene): readonly Look[] =>
  (ON_PHONES.includes(name) ? [false, true] : [false]).flatMap((isPhone) =>
    [false, true].map((isDark) => ({ isDark, isPhone })),
  );

const draw = async (browser: Browser, scenes: readonly Scene[]): Promise<void> => {
  mkdirSync(DIR, { recursive: true });
  for (const scene of scenes) {
    const tree = await play(scene);
    for (const look of looksOf(scene)) {
      const [size] = readSizes(await browser.dom(page([tree], look)));
      const name = `${scene.name}${suffix(look)}`;
      if (!size) throw new Error(`${name} could not be measured`);
      const file = join(DIR, `${name}.png`);
      await browser.screenshot(page([tree], look), file, size.width, size.height);
      writeFileSync(file, smallerPng(readFileSync(file)));
      say(`${name.padEnd(24)} ${size.width} x ${size.height}  ${Math.ceil(statSync(file).size / 1024)} kB`);
    }
  }
};

/** The demo's page in motion; all others are of single surfaces. */
const WALK = 'demo';
const drawWalk = async (): Promise<void> => {
  const webp = await demoWalk();
  if (!webp) throw new Error('the browser does not start');
  writeFileSync(join(DIR, 'demo.webp'), webp);
  say(`${'demo.webp'.padEnd(24)} ${WALK_SIZE.width} x ${WALK_SIZE.height}  ${Math.ceil(webp.length / 1024)} kB`);
};

const names = process.argv.slice(2);
const known = [...SCENES.map(({ name }) => name), WALK];
const unknown = names.filter((name) => !known.includes(name));
const browser = await findBrowser();
if (!browser) {
  say('No browser to draw with: install Chromium (on Debian: apt-get install chromium), then run this again.');
  process.exitCode = 1;
} else if (unknown.length > 0) {
  say(`No picture ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  process.exitCode = 1;
  browser.close();
} else {
  const wanted = (name: string): boolean => names.length === 0 || names.includes(name);
  await draw(
    browser,
    SCENES.filter(({ name }) => wanted(name)),
  ).finally(browser.close);
  if (wanted(WALK)) await drawWalk();
}
