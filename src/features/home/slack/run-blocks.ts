import type { KnownBlock } from '@slack/types';
import { currentStep, DOING, type Run } from '../../../runs/rules/run.ts';
import { questionButtons, questionRows } from '../../../runs/slack/run-questions.ts';
import { doneAndNot, stepRows } from '../../../runs/slack/run-steps.ts';
import { waitingBlocks } from '../../../runs/slack/run-waiting.ts';
import { openButtons, runTitle } from '../../../runs/slack/run-words.ts';
import { actions, line, lines, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';

/** Blocks of several runs stand in one view, where Slack wants every block_id once. */
const ofRun = (run: Run, blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
  blocks.map((block) => (block.type === 'actions' ? { ...block, block_id: `run:${run.id}` } : block));

const title = (run: Run, links: Links): readonly Part[] => runTitle(DOING[run.kind].now, run, links);

const asking = (run: Run, links: Links): readonly KnownBlock[] => {
  const state = currentStep(run)?.state;
  if (state?.phase !== 'asking') return [line(...title(run, links))];
  return [
    lines(title(run, links), ...questionRows(run, state.question), [doneAndNot(run)]),
    actions('decide', [...questionButtons(run, state.question), ...openButtons(run, links)]),
  ];
};

const underWay = (run: Run, links: Links): readonly KnownBlock[] => {
  const waiting = waitingBlocks(run);
  const running = stepRows(run).find((row) => /^[▸⏳]/u.test(row));
  const rows: ReadonlyArray<readonly Part[]> = waiting.length > 0 || !running ? [] : [[running]];
  return [lines(title(run, links), ...rows), ...waiting];
};

/** A run in short: what it does, what it waits for, and what can be decided about it. */
export const runBlocks = (run: Run, links: Links): readonly KnownBlock[] =>
  ofRun(run, run.state === 'asking' ? asking(run, links) : underWay(run, links));
