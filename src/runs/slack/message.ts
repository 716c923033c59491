import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { actions, button, line, lines, note, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { type Reply, reply } from '../../slack/reply.ts';
import type { InvoicePlan } from '../rules/bill-plan.ts';
import { changedText } from '../rules/changed-words.ts';
import { mayBeDoubled, resentSteps, stepsOnWord } from '../rules/doubles.ts';
import { currentStep, DOING, type InvoicingRun, makesInvoice, type Run, resultOf } from '../rules/run.ts';
import { isUnknown, type Question } from '../rules/step.ts';
import { createdBlock, createdButtons, newTicketOf } from './create-receipt.ts';
import { questionButtons, questionRows } from './run-questions.ts';
import { doneAndNot, stepRows, stepThing } from './run-steps.ts';
import { waitingBlocks } from './run-waiting.ts';
import { closedButtons, hasNumber, INVOICE_TICKET, openButtons, runTitle, ticketName } from './run-words.ts';
import { timeReceipt } from './time-receipt.ts';
import { quantityAndName, recipients } from './words.ts';

const resumedLine = ({ resumedAt, restored, state }: Run): readonly KnownBlock[] => {
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

const seconds = (run: Run): string =>
  `${Math.max(1, Math.round(((run.finishedAt ?? run.createdAt) - run.createdAt) / 1000))} s`;

const fromBlock = ({ expectedTotalCents }: InvoicePlan): string =>
  expectedTotalCents === 0
    ? `Taken from the prepaid block; a total of ${formatMoney(0)} is right.`
    : 'Taken from the prepaid block as far as it goes; the total stands on the invoice.';

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

/** What the invoice holds, and who was told of it. */
const invoicedText = (run: InvoicingRun): string => {
  if (run.kind === 'bill') return `${quantityAndName(run.plan.line)} · comment ${recipients(run.plan)}`;
  const [first, ...others] = run.plan.olderLines;
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'line' : 'lines'}`;
  return `${first ? quantityAndName(first) : 'no line'}${more} · nobody was emailed`;
};

const invoiceReceipt = (run: InvoicingRun, links: Links): Reply => {
  const { ref, ticket, plan } = run;
  const invoice = resultOf(run, 'invoice');
  // The checked invoice's own total: where Syncro draws on a block, it is not known before.
  const cents = run.invoicedCents ?? plan.expectedTotalCents;
  const total = cents === null ? '' : ` · ${formatMoney(cents)}`;
  const number = invoice?.number ?? invoice?.id;
  const { past } = DOING[run.kind];
  return reply(`${past} #${ticket.number}${total}${number ? ` · invoice #${number}` : ''}. ${ending(run)}`, [
    lines(
      [
        { bold: `${past} ` },
        { link: links.ticket(ticket.id), text: `#${ticket.number}`, strong: true },
        { bold: total },
        ...(invoice?.id
          ? [{ bold: ' · ' }, { link: links.invoice(invoice.id), text: `invoice #${number}`, strong: true as const }]
          : []),
      ],
      [`${shorten(ticket.customerName, 100)} · ${invoicedText(run)} · as ${run.author.name} · ${seconds(run)}`],
      ...(plan.prepaid ? [[fromBlock(plan)] as const] : []),
      ...acceptedRow(run),
      ...wordRow(run),
      [ending(run)],
    ),
    ...(plan.status === null ? [note('The status was left as it is: this Syncro account has no such status.')] : []),
    ...resumedLine(run),
    actions('run', openButtons(run, links)),
    note(`ref ${ref}`),
  ]);
};

const createReceipt = (run: Run, links: Links): Reply => {
  const ticket = newTicketOf(run);
  if (!ticket) throw new Error('A run that creates has a ticket to create');
  const name = `${ticketName(run)}${hasNumber(run) ? ` ${shorten(run.ticket.subject, 150)}` : ''}`;
  return reply(`Created ${name} · ${run.ticket.customerName}. ${ending(run)}`, [
    createdBlock(run, ticket, links, ` · as ${run.author.name} · ${seconds(run)}`, ...wordRow(run), [ending(run)]),
    ...resumedLine(run),
    ...withButtons(createdButtons(run, links)),
    note(`ref ${run.ref}`),
  ]);
};

const receipt = (run: Run, links: Links): Reply => {
  if (makesInvoice(run)) return invoiceReceipt(run, links);
  if (run.kind === 'create') return createReceipt(run, links);
  if (run.kind === 'timer')
    return timeReceipt(run, links, { ending: ending(run), seconds: seconds(run), resumed: resumedLine(run) });
  const { past } = DOING[run.kind];
  return reply(`${past} ${ticketName(run)}. ${ending(run)}`, [
    line(...runTitle(past, run, links)),
    lines(
      ...stepRows(run).map((row): readonly Part[] => [row]),
      [`as ${run.author.name} · ${seconds(run)}`],
      ...wordRow(run),
      [ending(run)],
    ),
    ...resumedLine(run),
    ...withButtons([...closedButtons(run), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

const withButtons = (buttons: readonly ActionsBlockElement[]): readonly KnownBlock[] =>
  buttons.length > 0 ? [actions('run', buttons)] : [];

const asking = (run: Run, question: Question, links: Links): Reply => {
  const { now } = DOING[run.kind];
  return reply(`! ${now} ${ticketName(run)} needs you. ${doneAndNot(run)}`, [
    line(...runTitle(now, run, links)),
    lines(...questionRows(run, question), [doneAndNot(run)]),
    ...resumedLine(run),
    actions('decide', [...questionButtons(run, question), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

/** A check that found something else than was previewed, and was let pass. */
const acceptedRow = ({ steps, author }: Run): ReadonlyArray<readonly Part[]> =>
  steps.some(
    ({ action, state }) => action.kind === 'verify_invoice' && state.phase === 'done' && state.how === 'person',
  )
    ? [[`Not as previewed: ${author.name} accepted Syncro's total.`]]
    : [];

/** What nobody but the person saw is not called confirmed. */
const wordRow = (run: Run): ReadonlyArray<readonly Part[]> => {
  const things = stepsOnWord(run).map(({ write }) => stepThing(write));
  return things.length > 0
    ? [[{ bold: '! ' }, `On your word only: ${things.join(', ')}. I did not see it in Syncro.`]]
    : [];
};

const doubledRow = (run: Run): ReadonlyArray<readonly Part[]> => {
  if (!mayBeDoubled(run)) return [];
  const things = resentSteps(run).map(({ write }) => stepThing(write));
  return [
    [
      { bold: '! ' },
      `Sent twice, because the first got no answer: ${things.join(', ')}. Look in Syncro that it is there once.`,
    ],
  ];
};

/** A fresh preview, where what was previewed is not so any more. */
const previewButton = ({ overtakenBy, ticket }: Run): readonly ActionsBlockElement[] =>
  overtakenBy && ticket.number !== null
    ? [button('Preview again', INVOICE_TICKET, { value: String(ticket.number), style: 'primary' })]
    : [];

const stopped = (run: Run, links: Links): Reply => {
  const title = `Stopped ${DOING[run.kind].now.toLowerCase()}`;
  const why = run.stoppedBecause ?? run.overtakenBy?.map(changedText).join(' ') ?? '';
  return reply(`${title} ${ticketName(run)}. ${why}${why && ' '}${doneAndNot(run)} ${ending(run)}`, [
    line(...runTitle(title, run, links)),
    ...(why ? [line({ bold: '! ' }, why)] : []),
    lines(
      ...stepRows(run).map((row): readonly Part[] => [row]),
      [doneAndNot(run)],
      ...doubledRow(run),
      ...wordRow(run),
      [ending(run)],
    ),
    ...resumedLine(run),
    ...withButtons([...previewButton(run), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

const ticking = (run: Run, links: Links): Reply => {
  const { now } = DOING[run.kind];
  return reply(`${now} ${ticketName(run)} …`, [
    line(...runTitle(now, run, links)),
    lines(...stepRows(run).map((row): readonly Part[] => [row])),
    ...waitingBlocks(run),
    ...resumedLine(run),
    note(`ref ${run.ref}`),
  ]);
};

/** Answers a press that can take effect only when the request in flight is answered. */
export const notedMessage = (run: Run): Reply => {
  const text = `Noted. A request about ${ticketName(run)} is in flight; as soon as it is answered, I do as you said.`;
  return reply(text, [line(text)]);
};

/** In place of a message whose news stands in a newer one. */
export const continuedMessage = (run: Run): Reply => {
  const text = `${DOING[run.kind].now} ${ticketName(run)}: see the newer message below.`;
  return reply(text, [line(text)]);
};

/** A run's one message, as it stands now: ticking, waiting, asking, or the receipt. */
export const runMessage = (run: Run, links: Links): Reply => {
  const state = currentStep(run)?.state;
  if (run.state === 'done') return receipt(run, links);
  if (run.state === 'stopped') return stopped(run, links);
  return state?.phase === 'asking' ? asking(run, state.question, links) : ticking(run, links);
};
