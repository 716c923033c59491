import { z } from 'zod';
import { openView } from '../../slack/forms/views.ts';
import { type Action, type Actions, fromJson } from '../../slack/pressed.ts';
import { currentStep, type Decision } from '../rules/run.ts';
import { correctable, correctRunView } from './correct-run.ts';
import { notedMessage } from './message.ts';

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

const decideAs =
  (kind: Exclude<Decision['kind'], 'correct'>): Action =>
  async ({ deps, technician, say, value }) => {
    const { r, s } = fromJson(RUN, value);
    const run = await deps.use.decideRun(technician, r, { kind, step: s });
    // The message moves when the request in flight is answered; until then the press must not seem lost.
    if (currentStep(run)?.state.phase === 'sending') await say(notedMessage(run));
  };

/** A refused text is corrected in a form; a refusal without text (invoice, status) is simply tried again. */
const correctRun: Action = async (pressed) => {
  const { deps, technician, triggerId, value } = pressed;
  const { r, s } = fromJson(RUN, value);
  const run = await deps.use.getRun(r);
  const text = run && run.technician.slackUser === technician.slackUser ? correctable(run) : null;
  if (run && text !== null) await openView(deps, triggerId, correctRunView(run, s, text));
  else await decideAs('try_again')(pressed);
};

export const runActions: Actions = {
  'run:it_is_there': decideAs('it_is_there'),
  'run:send_again': decideAs('send_again'),
  'run:try_again': decideAs('try_again'),
  'run:accept': decideAs('accept'),
  'run:remove_double': decideAs('remove_double'),
  'run:leave_double': decideAs('leave_double'),
  'run:stop': decideAs('stop'),
  'run:correct': correctRun,
};
