import { shorten } from '../../shared/text.ts';
import type { Part } from '../../slack/blocks.ts';
import type { Run } from '../rules/run.ts';
import type { Step } from '../rules/step.ts';

const draftStep = ({ steps }: Run): Step | undefined => steps.find(({ action }) => action.kind === 'invoice_draft');

/** Was its invoice made a draft? */
export const isDraft = (run: Run): boolean => {
  const state = draftStep(run)?.state;
  return state?.phase === 'done' && state.how !== 'refused';
};

/** Why the invoice is no draft, where it was to become one. */
export const draftRow = (run: Run): ReadonlyArray<readonly Part[]> => {
  const step = draftStep(run);
  if (step?.state.phase !== 'done' || step.state.how !== 'refused') return [];
  const { said } = step.state;
  const why = said === undefined ? 'This Syncro account has no drafts.' : `Syncro says: "${shorten(said, 300)}"`;
  // A first request that got no answer may have done it.
  const what =
    step.firstIntent === null ? 'The invoice is final, not a draft.' : 'See in Syncro whether the invoice is a draft.';
  return [[{ bold: '! ' }, `${what} ${why}`]];
};
