import type { BlockProblem, Surface } from './check.ts';
import { checkIds } from './ids.ts';
import { checkMessageTotals } from './message-totals.ts';
import { list, typed } from './structures.ts';
import { SURFACES } from './surfaces.ts';

export const checkList = (blocks: unknown, surface: Surface, at: string, out: BlockProblem[]): void => {
  list(
    typed(() => SURFACES[surface]),
    surface === 'message' ? 0 : 1,
    surface === 'message' ? 50 : 100,
  )(blocks, at, out);
  if (!Array.isArray(blocks)) return;
  checkIds(blocks, surface, at, out);
  if (surface === 'message') checkMessageTotals(blocks, at, out);
};

/** Hostile input may nest without end; Slack refuses it long before the stack does. */
export const guarded = (run: (out: BlockProblem[]) => void): readonly BlockProblem[] => {
  const out: BlockProblem[] = [];
  try {
    run(out);
  } catch {
    out.push({ message: 'failed to match all allowed schemas', pointer: '' });
  }
  return out;
};

/** What Slack would refuse in a list of blocks; pointers start at `/blocks`. Empty: nothing. */
export const checkBlocks = (blocks: unknown, surface: Surface): readonly BlockProblem[] =>
  guarded((out) => checkList(blocks, surface, '/blocks', out));
