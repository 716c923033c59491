import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { actions, line, note, type Part } from '../../slack/blocks.ts';
import { mayBeDoubled, resentSteps, stepsOnWord } from '../rules/doubles.ts';
import { takenOut } from '../rules/not-billable.ts';
import type { Run } from '../rules/run.ts';
import { isUnknown, isWrite } from '../rules/step.ts';
import { stepThing } from './run-steps.ts';

export const resumedLine = ({ resumedAt, restored, state }: Run): readonly KnownBlock[] => {
  if (restored)
    return [
      line(
        'The app was restored from its backup of ',
        { time: restored.backupAt },
        ': it looks in Syncro before it sends anything.',
      ),
    ];
  if (resumedAt === null) return [];
  const goes = state === 'done' || state === 'stopped' ? 'went' : 'goes';
  return [line('The app restarted at ', { time: resumedAt }, ` and ${goes} on by itself.`)];
};

export const seconds = (run: Run): string =>
  `${Math.max(1, Math.round(((run.finishedAt ?? run.createdAt) - run.createdAt) / 1000))} s`;

/** What was left in Syncro twice on the person's word must not be called once. */
const leftDoubled = (run: Run): boolean =>
  run.steps.some(
    ({ action, state }) => action.kind === 'check_doubles' && state.phase === 'done' && state.how === 'person',
  );

/** One of the three endings that every write must have. */
export const ending = (run: Run): string => {
  if (leftDoubled(run)) return 'In Syncro more than once, and left so.';
  if (run.steps.some(isUnknown) || mayBeDoubled(run) || stepsOnWord(run).length > 0)
    return 'Unknown: check before repeating.';
  return run.steps.some(({ state }) => state.phase === 'done') ? 'Sent once, confirmed.' : 'Nothing was sent.';
};

export const CONFIRMED = 'Sent once, confirmed.';

/** Small print: under whose name, how long it took, how it ended where all is well, and what to quote. */
export const smallPrint = (run: Run): KnownBlock => {
  const end = ending(run);
  return note(
    [`as ${run.author.name}`, seconds(run), ...(end === CONFIRMED ? [end] : []), `ref ${run.ref}`].join(' · '),
  );
};

/** How it ended where that is no small print. */
export const loudEnding = (run: Run): ReadonlyArray<readonly Part[]> => {
  const end = ending(run);
  return end === CONFIRMED ? [] : [[{ bold: '! ' }, end]];
};

/** What was done about an answer that was lost: nobody has to wonder whether something went out twice. */
export const safetyRows = (run: Run): ReadonlyArray<readonly Part[]> => {
  const resent = new Set(resentSteps(run).map(({ step }) => step));
  return run.steps.flatMap((step): ReadonlyArray<readonly Part[]> => {
    const { action, state } = step;
    if (state.phase !== 'done' || !isWrite(action)) return [];
    const what = stepThing(action);
    const lost = `Syncro's answer to the ${what} was lost`;
    if (resent.has(step))
      return mayBeDoubled(run) || (action.kind === 'timer' && takenOut(run))
        ? []
        : [[`${lost} and it was not there, so I sent it again: it is there once.`]];
    return state.how === 'found' ? [[`${lost}; I found the ${what} there and did not send it again.`]] : [];
  });
};

/** What nobody but the person saw is not called confirmed. */
export const wordRow = (run: Run): ReadonlyArray<readonly Part[]> => {
  const things = stepsOnWord(run).map(({ write }) => stepThing(write));
  return things.length > 0
    ? [[{ bold: '! ' }, `On your word only: ${things.join(', ')}. I did not see it in Syncro.`]]
    : [];
};

export const withButtons = (buttons: readonly ActionsBlockElement[]): readonly KnownBlock[] =>
  buttons.length > 0 ? [actions('run', buttons)] : [];
