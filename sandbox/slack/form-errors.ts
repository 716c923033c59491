import { isEmpty } from './input-values.ts';
import { jsonOf, jsonsOf, textOf } from './json.ts';
import type { View } from './workspace.ts';

export const REQUIRED = 'Please complete this required field.';

/** What Slack's client says itself, before anything is sent; by block id. */
export const formErrors = ({ source, values }: Pick<View, 'source' | 'values'>): ReadonlyMap<string, string> => {
  const errors = new Map<string, string>();
  for (const block of jsonsOf(source.blocks).filter(({ type }) => type === 'input')) {
    const blockId = textOf(block.block_id);
    const element = jsonOf(block.element);
    const value = values.get(blockId)?.get(textOf(element.action_id));
    const typed = textOf(value?.value);
    if (block.optional !== true && isEmpty(value)) errors.set(blockId, REQUIRED);
    else if (typed !== '' && typed.length < Number(element.min_length ?? 0)) {
      errors.set(blockId, `Please lengthen this to ${String(element.min_length)} characters or more.`);
    } else if (typed.length > Number(element.max_length ?? 3000)) {
      errors.set(blockId, `Please shorten this to ${String(element.max_length ?? 3000)} characters or less.`);
    }
  }
  return errors;
};
