import type { ActionsBlockElement } from '@slack/types';
import { actions, button, header, line, lines, note, type Part, spoken } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { type Reply, reply } from '../../slack/reply.ts';
import type { Followed } from '../ports.ts';
import { changedText } from '../rules/changed-words.ts';
import { mayBeDoubled, resentSteps } from '../rules/doubles.ts';
import { doing } from '../rules/purpose.ts';
import { currentStep, type Run } from '../rules/run.ts';
import type { Question } from '../rules/step.ts';
import { followedParts } from './charge-receipt.ts';
import { ending, resumedLine, withButtons, wordRows } from './endings.ts';
import { receipt } from './receipts.ts';
import { questionButtons, questionRows, unclearTitle } from './run-questions.ts';
import { doneAndNot, stepRows, stepThing, tickingRows } from './run-steps.ts';
import { waitingBlocks } from './run-waiting.ts';
import { correctButton, INVOICE_TICKET, openButtons, runTitle, ticketName } from './run-words.ts';

const asking = (run: Run, question: Question, links: Links): Reply => {
  const { now } = doing(run);
  const asked = unclearTitle(run, question);
  const rows = questionRows(run, question);
  const title = `! ${ticketName(run)} needs you`;
  // A notification shows nothing but this.
  const why = asked ?? spoken(...(rows[0] ?? [])).replace(/^[!✗] /u, '');
  return reply(`${title}: ${why} ${doneAndNot(run)}`, [
    header(asked === null ? title : `${title}: ${asked}`),
    line(...runTitle(now, run, links)),
    lines(...rows, [doneAndNot(run)]),
    ...resumedLine(run),
    actions('decide', [...questionButtons(run, question), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

const doubledRow = (run: Run): ReadonlyArray<readonly Part[]> => {
  if (!mayBeDoubled(run)) return [];
  const things = resentSteps(run).map(({ write }) => stepThing(write));
  return [
    [
      { bold: '! ' },
      `Sent twice, because the first got no answer: ${things.join(', ')}. Check in Syncro that it is there only once.`,
    ],
  ];
};

/** A fresh preview, where what was previewed is not so any more. */
const previewButton = ({ overtakenBy, ticket, kind }: Run): readonly ActionsBlockElement[] => {
  if (!overtakenBy || ticket.number === null) return [];
  if (kind === 'correct') return [correctButton(ticket.number, 'Look again')];
  return kind === 'invoice'
    ? [button('Preview again', INVOICE_TICKET, { value: String(ticket.number), style: 'primary' })]
    : [];
};

const stopped = (run: Run, links: Links, followed: Followed | null): Reply => {
  const title = `Stopped ${doing(run).now.toLowerCase()}`;
  const why = run.stoppedBecause ?? run.overtakenBy?.map(changedText).join(' ') ?? '';
  return reply(`${title} ${ticketName(run)}. ${why}${why && ' '}${doneAndNot(run)} ${ending(run)}`, [
    line(...runTitle(title, run, links)),
    ...(why ? [line({ bold: '! ' }, why)] : []),
    lines(
      ...stepRows(run).map((row): readonly Part[] => [row]),
      [doneAndNot(run)],
      ...doubledRow(run),
      ...wordRows(run),
      [ending(run)],
    ),
    ...(followed ? [line(...followedParts(run, followed))] : []),
    ...resumedLine(run),
    ...withButtons([...previewButton(run), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

const ticking = (run: Run, links: Links): Reply => {
  const { now } = doing(run);
  return reply(`${now} ${ticketName(run)} …`, [
    line(...runTitle(now, run, links)),
    lines(...tickingRows(run).map((row): readonly Part[] => [row])),
    ...waitingBlocks(run),
    ...resumedLine(run),
    note(`ref ${run.ref}`),
  ]);
};

/** Answers a press that can take effect only when the request in flight is answered. */
export const notedMessage = (run: Run): Reply => {
  const text = `Noted. A request about ${ticketName(run)} is in flight; as soon as it's answered, I'll do what you chose.`;
  return reply(text, [line(text)]);
};

/** In place of a message whose news stands in a newer one. */
export const continuedMessage = (run: Run): Reply => {
  const text = `${doing(run).now} ${ticketName(run)}: see the newer message below.`;
  return reply(text, [line(text)]);
};

/**
 * A run's one message, as it stands now: ticking, waiting, asking, or the receipt.
 * @param followed what became of its line since
 */
export const runMessage = (run: Run, links: Links, followed: Followed | null = null): Reply => {
  const state = currentStep(run)?.state;
  if (run.state === 'done') return receipt(run, links, followed);
  if (run.state === 'stopped') return stopped(run, links, followed);
  return state?.phase === 'asking' ? asking(run, state.question, links) : ticking(run, links);
};
