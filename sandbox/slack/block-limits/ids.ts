import { type BlockProblem, isObject, type Surface, typeOf } from './check.ts';
import { TYPED } from './inputs.ts';
import { has } from './structures.ts';

const elementsOf = (value: unknown): readonly (readonly [unknown, string])[] => {
  if (!isObject(value)) return [];
  const listed = Array.isArray(value.elements) && typeOf(value) !== 'rich_text' ? value.elements : [];
  return [
    ...listed.map((each, index) => [each, `/elements/${index}`] as const),
    ...(value.accessory === undefined ? [] : [[value.accessory, '/accessory'] as const]),
    ...(value.element === undefined ? [] : [[value.element, '/element'] as const]),
  ];
};

/** What must be unique, or stands on a surface that can't have it. */
export const checkIds = (blocks: readonly unknown[], surface: Surface, at: string, out: BlockProblem[]): void => {
  const blockIds = new Set<string>();
  let focused = 0;
  for (const [index, each] of blocks.entries()) {
    const blockId = isObject(each) && typeof each.block_id === 'string' ? each.block_id : undefined;
    if (blockId !== undefined && blockIds.has(blockId)) {
      out.push({ message: `\`block_id\` "${blockId}" already exists`, pointer: `${at}/${index}/block_id` });
    }
    if (blockId !== undefined) blockIds.add(blockId);
    const actionIds = new Set<string>();
    for (const [element, where] of elementsOf(each)) {
      if (!isObject(element)) continue;
      if (element.focus_on_load === true && ++focused > 1) {
        out.push({ message: 'only one element may have focus_on_load', pointer: `${at}/${index}${where}` });
      }
      if (surface !== 'modal' && has(TYPED, typeOf(element)) && typeOf(element) !== 'plain_text_input') {
        out.push({ message: `unsupported type: ${typeOf(element)}`, pointer: `${at}/${index}${where}/type` });
      }
      const actionId = element.action_id;
      if (typeof actionId !== 'string') continue;
      if (actionIds.has(actionId)) {
        const message = `\`action_id\` "${actionId}" already exists`;
        out.push({ message, pointer: `${at}/${index}${where}/action_id` });
      }
      actionIds.add(actionId);
    }
  }
};
