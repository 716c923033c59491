import type { KnownBlock } from '@slack/types';
import { actions, line, lines, type Part } from '../../slack/blocks.ts';
import { currentStep, type Run } from '../rules/run.ts';
import type { Delay, StepState } from '../rules/step.ts';
import { stepThing } from './run-steps.ts';
import { decisionButtons, lookedAt, stopButton } from './run-words.ts';

const unanswered = (run: Run, state: StepState & { phase: 'unclear' }): readonly KnownBlock[] => {
  const step = currentStep(run);
  const what = step ? stepThing(step.action) : '';
  const last = state.looks.at(-1);
  const lastLook: readonly Part[] = last
    ? [
        'Last look ',
        { time: last.at },
        last.failed
          ? `: ${last.unread ?? 'Syncro could not be read.'}`
          : `: ${what === 'invoice' ? 'no new invoice' : `no such ${what}`} ${lookedAt(run)}.`,
      ]
    : [];
  return [
    lines(
      [
        run.restored
          ? `⏳ Restored from a backup: the ${what} may have been sent since. Checking until `
          : `⏳ Syncro didn't answer the ${what} request. Checking until `,
        { time: state.intent.settledAt },
        ' whether it arrived; nothing is sent meanwhile.',
      ],
      ...(lastLook.length > 0 ? [lastLook] : []),
    ),
    actions('decide', decisionButtons(run)),
  ];
};

const delayed = ({ reason, since, until, what }: Delay): readonly Part[] => {
  switch (reason) {
    case 'limited':
      return ["⏳ Syncro's rate limit is reached. Continuing at ", { time: until }, '.'];
    case 'unreachable':
      return [
        "⏳ Syncro hasn't answered since ",
        { clock: since },
        '. Nothing was sent in this step; it continues by itself when Syncro is back.',
      ];
    case 'unreadable':
      return [
        `⏳ ${what ?? "Syncro's answer can't be read."} Nothing was sent in this step. Trying again at `,
        { time: until },
        '.',
      ];
    case 'fault':
      return [
        `⏳ ${what ?? 'Something went wrong on our side.'} Nothing was sent in this step. Trying again at `,
        { time: until },
        '.',
      ];
    case 'late_arrivals':
      return [
        '⏳ I sent a request twice, because the first got no answer. At ',
        { time: until },
        " I'll check once more that the first didn't arrive late; nothing else is sent.",
      ];
  }
};

/** What is being waited for, since when, and what an impatient person can decide. */
export const waitingBlocks = (run: Run): readonly KnownBlock[] => {
  const state = currentStep(run)?.state;
  if (state?.phase === 'unclear') return unanswered(run, state);
  if (state?.phase === 'planned' && state.delay)
    return [line(...delayed(state.delay)), actions('decide', [stopButton(run)])];
  return [];
};
