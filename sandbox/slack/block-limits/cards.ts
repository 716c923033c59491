import { block, elements } from './block-shape.ts';
import { button } from './buttons.ts';
import type { Checks } from './check.ts';
import { imageElement } from './images.ts';
import { list, typed } from './structures.ts';
import { text } from './text.ts';

const card = block({
  may: {
    hero_image: imageElement,
    icon: imageElement,
    title: text(150),
    subtitle: text(150),
    body: text(200),
    actions: list(
      typed(() => ({ button })),
      1,
      25,
    ),
  },
});
export const CARDS: Checks = {
  card,
  carousel: block({ need: { elements: elements(() => ({ card }), 1, 10) } }),
};
