import { line } from '../blocks.ts';
import { failureReply } from '../person.ts';
import { type Reply, reply } from '../reply.ts';
import { noticeView } from './modal.ts';
import { problemView } from './problem.ts';
import { answerWhenKnown, type Handled, type Submitted } from './submitted.ts';
import type { ViewAnswer } from './views.ts';

type Sending = {
  readonly title: string;
  /** What is being done before anything is sent. */
  readonly meanwhile: string;
  /** The button that brings the form back with everything that was filled in. */
  readonly back: { readonly actionId: string; readonly formId: string };
};

/** Why a form was not sent. */
export const failureOf = ({ deps, technician }: Submitted, error: unknown): Reply =>
  failureReply(deps, error, { command: '/syncro', writing: true, who: technician.name });

/** A form without a preview: it closes as soon as what it asks for is in the journal, and every trouble leads back. */
export const sendForm = (
  submitted: Submitted,
  { title, meanwhile, back }: Sending,
  work: () => Promise<ViewAnswer>,
): Promise<Handled> => {
  return answerWhenKnown(submitted, work, {
    meanwhile: noticeView(title, `⏳ ${meanwhile} …`),
    finished: noticeView(title, '✓ It is on its way. How it ends stands in your direct messages.'),
    again: (errors) => {
      const text = `${Object.values(errors).join(' ')} Nothing was sent.`;
      return problemView(title, reply(text, [line(text)]), { back });
    },
    failed: (error) => problemView(title, failureOf(submitted, error), { back }),
  });
};
