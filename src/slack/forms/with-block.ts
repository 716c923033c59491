import type { InputBlock, KnownBlock } from '@slack/types';
import { z } from 'zod';

/** Blocks as Slack shows them, and nothing is read of them but which is which. */
const BLOCKS = z
  .array(
    z.looseObject({
      type: z.string(),
      block_id: z.string().optional(),
      element: z.looseObject({ action_id: z.string().optional() }).optional().catch(undefined),
    }),
  )
  .catch([]);

/** @returns the action id that an input has in a form that is open; empty: there is no such input */
export const actionIdIn = (shown: unknown, field: string): string =>
  BLOCKS.parse(shown).find(({ block_id: id }) => id === field)?.element?.action_id ?? '';

/**
 * The blocks of a form that is open with another input in place of one, so that nothing else in it changes.
 * @param shown as Slack sent them along with a press
 */
export const withInput = (shown: unknown, input: InputBlock): readonly KnownBlock[] =>
  BLOCKS.parse(shown).map((block) => (block.block_id === input.block_id ? input : (block as unknown as KnownBlock)));
