import { type AppError, isAppError } from '../../../shared/errors.ts';
import { shorten } from '../../../shared/text.ts';
import { readValues } from '../../../slack/forms/form-values.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { answerWhenKnown, type Handled, type Submit, type Submitted } from '../../../slack/forms/submitted.ts';
import type { ViewAnswer } from '../../../slack/forms/views.ts';
import { failureReply } from '../../../slack/person.ts';
import { sendDirect } from '../../../slack/say.ts';
import type { Connecting } from '../connect-key.ts';
import type { KeysUse } from './commands.ts';
import {
  CONNECT_FORM,
  CONNECT_TITLE,
  type ConnectFormState,
  checkingView,
  connectedView,
  connectView,
  parseToken,
  readConnectState,
} from './form.ts';
import {
  carryingOn,
  connectedMessage,
  connectedWords,
  keysUnavailable,
  refusedToken,
  someoneElses,
} from './messages.ts';

const nextOf = ({ interrupted, below }: ConnectFormState): string => {
  if (interrupted) return carryingOn(interrupted);
  return below === null ? '' : 'Close this and continue where you were. What you typed is still there.';
};

const answerOf = (submitted: Submitted, state: ConnectFormState, outcome: Connecting): ViewAnswer => {
  const { technician } = submitted;
  switch (outcome.result) {
    case 'connected':
      // The form below is brought up to date, so there is nothing to read here.
      if (state.below !== null && state.interrupted) return { response_action: 'close' };
      return { response_action: 'update', view: connectedView(connectedWords(outcome), nextOf(state)) };
    case 'refused':
      return { response_action: 'errors', errors: { token: refusedToken } };
    case 'someone_else':
      return { response_action: 'errors', errors: { token: someoneElses(outcome, technician) } };
    case 'unavailable':
      return { response_action: 'update', view: problemView(CONNECT_TITLE, keysUnavailable()) };
  }
};

/** The token stays in the field: when Syncro could not say whose it is, it can simply be sent again. */
const fieldWords = (error: AppError): string => {
  switch (error.code) {
    case 'unreachable':
      return "Syncro didn't answer, so nothing was stored. Try again in a moment.";
    case 'unreadable':
      return `${shorten(error.message, 200)} Nothing was stored.`;
    case 'rate_limited':
      return "Syncro's rate limit is reached, so nothing was stored. Try again in a minute.";
    default:
      return `Syncro says: "${shorten(error.message, 200)}" Nothing was stored.`;
  }
};

/** In place of a view that took too long to just close. */
const doneView = (state: ConnectFormState) => connectedView('Connected.', nextOf(state));

const connectToken: Submit<KeysUse> = async (submitted): Promise<Handled> => {
  const { deps, use, technician, view } = submitted;
  const state = readConnectState(view.metadata);
  const token = parseToken(readValues(view.values));
  if (!token.ok) return { answer: { response_action: 'errors', errors: token.errors } };
  let outcome: Connecting | null = null;
  const work = async (): Promise<ViewAnswer> => {
    try {
      outcome = await use.keys.connect(technician, { reveal: token.reveal });
      return answerOf(submitted, state, outcome);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { response_action: 'errors', errors: { token: fieldWords(error) } };
    }
  };
  const { answer, afterwards } = await answerWhenKnown(submitted, work, {
    meanwhile: checkingView(),
    finished: doneView(state),
    again: ({ token: problem }) => connectView({ ...state, ...(problem ? { problem } : {}) }, deps.links),
    failed: (error) =>
      problemView(
        CONNECT_TITLE,
        failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name }),
      ),
  });
  return {
    answer,
    afterwards: async () => {
      await afterwards?.();
      if (outcome?.result !== 'connected') return;
      const message = connectedMessage(outcome, state.interrupted);
      await sendDirect(deps.client, technician.slackUser, message, deps.log).catch((error: unknown) =>
        deps.log.warn({ err: error }, 'could not say that a key was connected'),
      );
      if (state.interrupted) await use.carryOn(submitted, state.interrupted, state.below ?? view.id);
    },
  };
};

export const connectForms: { readonly [CONNECT_FORM]: Submit<KeysUse> } = { [CONNECT_FORM]: connectToken };
