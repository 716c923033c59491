import { z } from 'zod';
import { type Feature, type Rows, withUse, writes } from '../../slack/feature.ts';
import { openView } from '../../slack/forms/views.ts';
import { type Action, fromJson } from '../../slack/pressed.ts';
import { currentStep, type Decision } from '../rules/run.ts';
import { correctable, correctForms, correctRunView, type RunsUse } from './correct-run.ts';
import { notedMessage } from './message.ts';

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

const decideAs =
  (kind: Exclude<Decision['kind'], 'correct'>): Action<RunsUse> =>
  async ({ use, technician, say, value }) => {
    const { r, s } = fromJson(RUN, value);
    const run = await use.decideRun(technician, r, { kind, step: s });
    // The message moves when the request in flight is answered; until then the press must not seem lost.
    if (currentStep(run)?.state.phase === 'sending') await say(notedMessage(run));
  };

/** A refused text is corrected in a form; a refusal without text (invoice, status) is simply tried again. */
const correctRun: Action<RunsUse> = async (pressed) => {
  const { deps, use, technician, triggerId, value } = pressed;
  const { r, s } = fromJson(RUN, value);
  const run = await use.getRun(r);
  const text = run && run.technician.slackUser === technician.slackUser ? correctable(run) : null;
  if (run && text !== null) await openView(deps, triggerId, correctRunView(run, s, text));
  else await decideAs('try_again')(pressed);
};

const DECISIONS = [
  'it_is_there',
  'send_again',
  'try_again',
  'accept',
  'remove_double',
  'leave_double',
  'stop',
] as const satisfies ReadonlyArray<Decision['kind']>;

/** What a person answers a run that asks. */
export const runRows: Rows<RunsUse> = {
  buttons: {
    ...Object.fromEntries(DECISIONS.map((kind) => [`run:${kind}`, writes(decideAs(kind))])),
    'run:correct': writes(correctRun),
  },
  forms: correctForms,
};

export const createRunAnswers = (use: RunsUse): Feature => ({ rows: withUse(use, runRows) });
