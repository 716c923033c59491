import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, findBrowser } from './picture/chromium.ts';
import { page, readSizes } from './picture/page.ts';
import { play } from './picture/play.ts';
import { SCENES, type Scene } from './picture/scenes.ts';
import { smallerPng } from './picture/smaller-png.ts';
import type { Tree } from './picture/tree.ts';

/** `npm run pictures [name …]`: draws what people see, from the real app, into docs/pictures. */
const DIR = resolve('docs/pictures');

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const draw = async (browser: Browser, scenes: readonly Scene[]): Promise<void> => {
  const trees: Tree[] = [];
  for (const scene of scenes) trees.push(await play(scene));
  const sizes = readSizes(await browser.dom(page(trees)));
  mkdirSync(DIR, { recursive: true });
  for (const [index, { name }] of scenes.entries()) {
    const [tree, size] = [trees[index], sizes[index]];
    if (!tree || !size) throw new Error(`${name} could not be measured`);
    const file = join(DIR, `${name}.png`);
    await browser.screenshot(page([tree]), file, size.width, size.height);
    writeFileSync(file, smallerPng(readFileSync(file)));
    say(`${name.padEnd(24)} ${size.width} x ${size.height}  ${Math.ceil(statSync(file).size / 1024)} kB`);
  }
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => SCENES.every((scene) => scene.name !== name));
const browser = await findBrowser();
if (!browser) {
  say('No browser to draw with: install Chromium (on Debian: apt-get install chromium), then run this again.');
  process.exitCode = 1;
} else if (unknown.length > 0) {
  say(`No picture ${unknown.join(', ')}. There are: ${SCENES.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
  browser.close();
} else {
  await draw(
    browser,
    SCENES.filter(({ name }) => names.length === 0 || names.includes(name)),
  ).finally(browser.close);
}
