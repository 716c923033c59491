import type { Deviation } from './known-deviations.ts';
import type { Problem } from './openapi.ts';

const covers = (deviation: Deviation, problem: Problem): boolean =>
  (deviation.operation === '*' || deviation.operation === problem.operation) &&
  problem.text.search(deviation.problem) >= 0;

/**
 * `open`: problems that no deviation explains. `unused`: deviations that nothing needs any more; left in place, each
 * would hide the next problem of its kind.
 */
export const judge = (
  problems: readonly Problem[],
  deviations: readonly Deviation[],
): { open: Problem[]; unused: Deviation[] } => ({
  open: problems.filter((problem) => !deviations.some((deviation) => covers(deviation, problem))),
  unused: deviations.filter((deviation) => !problems.some((problem) => covers(deviation, problem))),
});
