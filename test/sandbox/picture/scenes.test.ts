import { expect, test } from '@jest/globals';
import { play } from '../../../src/sandbox/picture/play.ts';
import { SCENES } from '../../../src/sandbox/picture/scenes.ts';
import { toHtml } from '../../../src/sandbox/picture/to-html.ts';

test('every picture has a name of its own', () => {
  expect(new Set(SCENES.map(({ name }) => name)).size).toBe(SCENES.length);
});

test.each(SCENES)('$name can be played and drawn whole', async (scene) => {
  const html = toHtml(await play(scene));
  expect(html).toContain('class="picture');
  expect(html).not.toContain('class="unknown"');
});
