import { expect, test } from '@jest/globals';
import { adapt } from '../../../sandbox/page/client/adapt.ts';
import { play } from '../../../sandbox/picture/play.ts';
import { SCENES } from '../../../sandbox/picture/scenes.ts';
import { toHtml } from '../../../sandbox/picture/to-html.ts';
import type { Tree } from '../../../sandbox/picture/tree.ts';
import { emptyJournal } from '../../empty-journal.ts';

const FIELDS = ['input', 'select', 'textarea'];

/** The fields without a label. */
const nameless = ({ tag, attrs, children }: Tree): readonly unknown[] => [
  ...(FIELDS.includes(tag) && 'data-action' in attrs && !attrs['aria-labelledby'] && !attrs['aria-label']
    ? [attrs]
    : []),
  ...children.flatMap((child) => (typeof child === 'string' ? [] : nameless(child))),
];

test('every picture has a name of its own', () => {
  expect(new Set(SCENES.map(({ name }) => name)).size).toBe(SCENES.length);
});

// Most of their time they wait, each in a world of its own.
test.each(SCENES)('$name can be played and drawn whole', async (scene) => {
  const world = { journal: await emptyJournal(), ...scene.world };
  const tree = await play({ ...scene, world });
  const html = toHtml(tree);
  expect(html).toContain('class="picture');
  expect(html).not.toContain('class="unknown"');
  // As the demo's page shows it, everything that can be filled in says what it is.
  expect(nameless(adapt(tree, 'scene'))).toEqual([]);
});
