import { type Check, isObject } from './check.ts';
import { list, object } from './structures.ts';
import { plain, text, url } from './text.ts';
import { string } from './values.ts';

/** An option's value is 75 characters long at most: ids only, never data. */
const option = (words: Check): Check =>
  object({ need: { text: words, value: string(75) }, may: { description: text(75), url: url() } });
export const plainOption = option(plain(75));
export const richOption = option(text(75));
export const optionGroup = object({ need: { label: plain(75), options: list(plainOption, 1, 100) } });

const sameOption = (a: unknown, b: unknown): boolean =>
  isObject(a) &&
  isObject(b) &&
  a.value === b.value &&
  isObject(a.text) &&
  isObject(b.text) &&
  a.text.text === b.text.text;

const offered = (element: Readonly<Record<string, unknown>>): readonly unknown[] => {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const grouped = groups.flatMap((group) => (isObject(group) && Array.isArray(group.options) ? group.options : []));
  return Array.isArray(element.options) ? [...element.options, ...grouped] : grouped;
};

/** A preset that is not literally one of the options makes Slack refuse the whole view. */
export const presetIsOffered: Check = (value, at, out) => {
  if (!isObject(value)) return;
  const options = offered(value);
  const known = (preset: unknown): boolean => options.some((each) => sameOption(each, preset));
  if (value.initial_option !== undefined && !known(value.initial_option)) {
    out.push({ message: 'must match one of the available options', pointer: `${at}/initial_option` });
  }
  const presets = Array.isArray(value.initial_options) ? value.initial_options : [];
  for (const [index, preset] of presets.entries()) {
    if (!known(preset)) {
      out.push({ message: 'must match one of the available options', pointer: `${at}/initial_options/${index}` });
    }
  }
};

export const optionsOrGroups: Check = (value, at, out) => {
  if (!isObject(value)) return;
  const given = [value.options, value.option_groups].filter((each) => each !== undefined).length;
  if (given !== 1) out.push({ message: 'must define exactly one of options and option_groups', pointer: at });
};
