import { type Json, textOf } from '../slack/json.ts';
import { h, type Tree } from './tree.ts';

/** Nothing is left out silently: what can't be drawn stands out. */
export const unknownBox = (thing: Json): Tree =>
  h('div', { class: 'unknown' }, `can't draw "${textOf(thing.type) || 'something without a type'}"`);
