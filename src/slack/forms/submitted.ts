import type { ModalView } from '@slack/types';
import { within } from '../../shared/within.ts';
import type { Asked, SeenView } from '../asked.ts';
import type { SlackKit } from '../kit.ts';
import { failureReply } from '../person.ts';
import { type Reply, sentence } from '../reply.ts';
import { type Back, noticeView, problemView } from './problem.ts';
import { updateView, type ViewAnswer } from './views.ts';

export type Submitted<Use = unknown> = Pick<Asked<Use>, 'deps' | 'use' | 'technician'> & {
  /** Slack's name for this one submission; the same when it is delivered twice. */
  readonly triggerId: string;
  readonly view: SeenView & {
    /** Two views lie below it: Slack stacks no more. */
    readonly isThird: boolean;
    /** Its input blocks: only at these can something be said. `null`: Slack did not send them along. */
    readonly fields: readonly string[] | null;
  };
};

/** The answer, and what happens after it was given. */
export type Handled = { readonly answer: ViewAnswer; readonly afterwards?: () => Promise<void> };

export type Submit<Use = unknown> = (submitted: Submitted<Use>) => Promise<Handled>;

export const CLEAR: ViewAnswer = { response_action: 'clear' };

/** Slack needs a moment to put the answer's view in place before it can be updated. */
export const AFTER_ANSWER_MS = 150;
/** Well within Slack's 3 seconds: most of what Syncro is asked for is there by then, and the form just closes. */
const PATIENCE_MS = 1_500;

/** Resolves when the answer's view is in place. */
export const whenAnswered = ({ clock }: SlackKit): Promise<void> => clock.sleep(AFTER_ANSWER_MS);

/** Puts a view in place of the one that the answer showed. */
export const showAfterwards = async (submitted: Submitted, view: Promise<ModalView>): Promise<void> => {
  const { deps } = submitted;
  const [next] = await Promise.all([view, whenAnswered(deps)]);
  await updateView(deps, { id: submitted.view.id, hash: null }, next);
};

const LOOKS = 5;

/** Puts a view in place of the one that the answer pushed, as soon as Slack has that. */
export const showPushed = async ({ deps }: Submitted, externalId: string, view: Promise<ModalView>): Promise<void> => {
  const [next] = await Promise.all([view, whenAnswered(deps)]);
  for (let look = 1; look <= LOOKS; look++) {
    if (await updateView(deps, { externalId }, next)) return;
    await deps.clock.sleep(look * AFTER_ANSWER_MS);
  }
};

type Slow = {
  /** Shown while it takes longer than the person should wait for Slack's spinner. */
  readonly meanwhile: ModalView;
  /** In place of a form that would just have closed. */
  readonly finished: ModalView;
  /** The form again, with what is wrong about it: errors can't be put on its fields any more. */
  readonly again: (errors: Readonly<Record<string, string>>) => ModalView;
  readonly failed: (error: unknown) => ModalView;
};

/** Answers with what `work` finds if that is soon, else with a view that says so and is replaced when it is known. */
export const answerWhenKnown = async (
  submitted: Submitted,
  work: () => Promise<ViewAnswer>,
  { meanwhile, finished, again, failed }: Slow,
): Promise<Handled> => {
  const known = work().catch((error: unknown): ViewAnswer => ({ response_action: 'update', view: failed(error) }));
  const answer = await within(PATIENCE_MS, known, () => null);
  if (answer) return { answer };
  const next = known.then((result): ModalView => {
    if (result.response_action === 'update' || result.response_action === 'push') return result.view;
    return result.response_action === 'errors' ? again(result.errors) : finished;
  });
  return {
    answer: { response_action: 'update', view: meanwhile },
    afterwards: () => showAfterwards(submitted, next),
  };
};

/** Why a form was not sent. */
export const failureOf = ({ deps, technician }: Submitted, error: unknown): Reply =>
  failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name });

type Sending = {
  readonly title: string;
  /** What is being done before anything is sent. */
  readonly meanwhile: string;
  readonly back: Back;
};

/** A form without a preview: it closes as soon as what it asks for is in the journal, and every trouble leads back. */
export const sendForm = (
  submitted: Submitted,
  { title, meanwhile, back }: Sending,
  work: () => Promise<ViewAnswer>,
): Promise<Handled> => {
  return answerWhenKnown(submitted, work, {
    meanwhile: noticeView(title, `⏳ ${meanwhile} …`),
    finished: noticeView(title, "✓ On its way. You'll see the result in your direct messages."),
    again: (errors) => problemView(title, sentence(`${Object.values(errors).join(' ')} Nothing was sent.`), { back }),
    failed: (error) => problemView(title, failureOf(submitted, error), { back }),
  });
};
