import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

const read = (file: string): string => readFileSync(file, 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

test('one version is released: of the packages, of the images that compose pulls, and of the changelog', () => {
  const lock = JSON.parse(read('package-lock.json'));
  expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  for (const file of ['compose.yml', 'compose.scale.yml']) {
    const { services } = parse(read(file), { merge: true }) as { services: Record<string, { image: string }> };
    const images = Object.values(services).flatMap(
      ({ image }) => /^\$\{SYNCRO_SLACK_IMAGE:.*\}:(.+)$/.exec(image)?.[1] ?? [],
    );
    expect(new Set(images)).toEqual(new Set([version]));
  }
  // What .github/workflows/release.yml takes out of it.
  const [, unreleased = '', section = ''] = read('CHANGELOG.md').split(/^## /m);
  expect(unreleased).toMatch(/^Unreleased\n/);
  const [heading, ...notes] = section.split('\n');
  expect(heading).toMatch(/^\S+ – \d{4}-\d\d-\d\d$/);
  expect(heading?.split(' ')[0]).toBe(version);
  expect(notes.join('\n').trim()).not.toBe('');
});

test('what GitHub runs of others is pinned by commit', () => {
  const dir = '.github/workflows';
  const used = readdirSync(dir).flatMap((file) => read(join(dir, file)).match(/^.*\buses:.*$/gm) ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((line) => !/ uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});
