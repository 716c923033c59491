import { type Look, STYLE, styleOf } from './style.ts';
import { toHtml } from './to-html.ts';
import type { Tree } from './tree.ts';

/** Writes how large each picture became where the next step reads it. */
const MEASURE = `for (const each of document.querySelectorAll('.picture')) {
  const { width, height } = each.getBoundingClientRect();
  each.setAttribute('data-size', Math.ceil(width) + 'x' + Math.ceil(height));
}`;

/** A document of its own. */
export const page = (trees: readonly Tree[], look: Look): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Syncro for Slack</title><style>${STYLE}${styleOf(look)}</style></head>` +
  `<body>${trees.map(toHtml).join('')}<script>${MEASURE}</script></body></html>`;

export type Size = { readonly width: number; readonly height: number };

/** The sizes that a page measured, in the order of its pictures. */
export const readSizes = (dom: string): readonly Size[] =>
  [...dom.matchAll(/<div class="picture [^>]*data-size="(\d+)x(\d+)"/g)].map(([, width, height]) => ({
    width: Number(width),
    height: Number(height),
  }));
