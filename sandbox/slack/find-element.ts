import { elementsOf, optionsOf, optionText, type Placed } from './elements.ts';
import { flattenTextObject } from './flatten-text.ts';
import { valueKey } from './input-values.ts';
import { type Json, jsonOf } from './json.ts';
import { chosenJson } from './payloads.ts';

const sameWords = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Exactly, else ignoring case, else as a beginning or a part that only one has. @throws with what there is instead. */
export const pickByWords = <Thing>(
  things: readonly Thing[],
  words: (thing: Thing) => string,
  wanted: string,
  what: string,
): Thing => {
  const tries: readonly ((text: string) => boolean)[] = [
    (text) => text === wanted,
    (text) => sameWords(text, wanted),
    (text) => text.toLowerCase().startsWith(wanted.toLowerCase()),
    (text) => text.toLowerCase().includes(wanted.toLowerCase()),
  ];
  for (const [index, fits] of tries.entries()) {
    const found = things.filter((thing) => fits(words(thing)));
    const [first] = found;
    if (first !== undefined && (found.length === 1 || index === 0)) return first;
  }
  const there = things.map((thing) => `"${words(thing)}"`).join(', ') || 'nothing';
  throw new Error(`no single ${what} "${wanted}"; there is ${there}`);
};

const labelOf = ({ block, element, actionId }: Placed): string => {
  if (block.type === 'input') return flattenTextObject(jsonOf(block.label));
  const placeholder = flattenTextObject(jsonOf(element.placeholder));
  if (block.type === 'section' && placeholder === '') return flattenTextObject(jsonOf(block.text));
  return placeholder || actionId;
};

/** An input by its label; outside of forms by its placeholder, the section's text, or its action id. */
export const findInput = (blocks: readonly Json[], label: string): Placed => {
  const inputs = elementsOf(blocks).filter(
    ({ element }) => valueKey(element.type) !== undefined || element.type === 'overflow',
  );
  const bySection = inputs.find(
    ({ block, actionId }) => actionId === label || flattenTextObject(jsonOf(block.text)) === label,
  );
  const labelled = inputs.find((placed) => labelOf(placed) === label);
  return labelled ?? bySection ?? pickByWords(inputs, labelOf, label, 'input labelled');
};

/** Something to press, with what is chosen by it: `{}` for a button. */
export type Press = { readonly placed: Placed; readonly chosen: Json; readonly words: string };

const pressesOf = (placed: Placed): readonly Press[] => {
  const { element } = placed;
  if (element.type === 'overflow')
    return optionsOf(element).map((option) => ({
      placed,
      chosen: chosenJson(element, option),
      words: optionText(option),
    }));
  const isButton = /button$/.test(String(element.type));
  return isButton ? [{ placed, chosen: {}, words: flattenTextObject(jsonOf(element.text)) }] : [];
};

/** A button, or a choice behind `⋯`, by its words. */
export const findPress = (blocks: readonly Json[], words: string): Press =>
  pickByWords(elementsOf(blocks).flatMap(pressesOf), (press) => press.words, words, 'button');

export const pickOption = (options: readonly Json[], words: string): Json =>
  pickByWords(options, optionText, words, 'option');
