import { isJson, type Json, jsonOf, jsonsOf, textOf } from './json.ts';

export type Placed = {
  readonly block: Json;
  readonly element: Json;
  readonly blockId: string;
  readonly actionId: string;
};

/** The blocks and those inside containers. */
export const eachBlock = (blocks: readonly Json[]): readonly Json[] =>
  blocks.flatMap((block) => [block, ...eachBlock(jsonsOf(block.child_blocks))]);

const inBlock = (block: Json): readonly Json[] => [
  ...(block.type === 'actions' || block.type === 'context_actions' ? jsonsOf(block.elements) : []),
  ...[block.accessory, block.element].filter(isJson),
  ...jsonsOf(block.actions),
];

/** Everything that people can press, choose from or type into. Images are none of these. */
export const elementsOf = (blocks: readonly Json[]): readonly Placed[] =>
  eachBlock(blocks).flatMap((block) =>
    inBlock(block)
      .filter((element) => element.type !== 'image')
      .map((element) => ({
        block,
        element,
        blockId: textOf(block.block_id),
        actionId: textOf(element.action_id),
      })),
  );

/** Slack makes up the ids that are missing, anew at each update: so values typed there are lost, as with Slack. */
export const withIds = (blocks: readonly Json[], nextId: () => string): readonly Json[] =>
  blocks.map((block) => {
    const named = (element: unknown): unknown =>
      isJson(element) && element.type !== 'image' && !('action_id' in element)
        ? { ...element, action_id: nextId() }
        : element;
    const filled: Record<string, unknown> = { block_id: nextId(), ...block };
    if (isJson(block.accessory)) filled.accessory = named(block.accessory);
    if (isJson(block.element)) filled.element = named(block.element);
    if (block.type === 'actions') filled.elements = jsonsOf(block.elements).map(named);
    if (Array.isArray(block.child_blocks)) filled.child_blocks = withIds(jsonsOf(block.child_blocks), nextId);
    return filled;
  });

/** The options of a select, groups included. */
export const optionsOf = (element: Json): readonly Json[] => [
  ...jsonsOf(element.options),
  ...jsonsOf(element.option_groups).flatMap((group) => jsonsOf(group.options)),
];

export const optionText = (option: unknown): string => textOf(jsonOf(jsonOf(option).text).text);
