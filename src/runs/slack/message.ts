import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { actions, button, header, line, lines, note, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { type Reply, reply } from '../../slack/reply.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Followed } from '../ports.ts';
import { changedText } from '../rules/changed-words.ts';
import { targetText } from '../rules/correction.ts';
import { mayBeDoubled, resentSteps, stepsOnWord } from '../rules/doubles.ts';
import { notBillableHours, takenOut } from '../rules/not-billable.ts';
import { currentStep, doing, hasPlan, isCharge, type PlannedRun, type Run, resultOf } from '../rules/run.ts';
import { isUnknown, isWrite, type Question } from '../rules/step.ts';
import { chargedCents, chargedText, followedParts, needsInvoice } from './charge-receipt.ts';
import { createdBlock, createdButtons, newTicketOf } from './create-receipt.ts';
import { questionButtons, questionRows, unclearTitle } from './run-questions.ts';
import { doneAndNot, stepRows, stepThing } from './run-steps.ts';
import { waitingBlocks } from './run-waiting.ts';
import {
  closedButtons,
  correctButton,
  hasNumber,
  INVOICE_TICKET,
  invoiceButton,
  openButtons,
  runTitle,
  ticketName,
} from './run-words.ts';
import { timeReceipt } from './time-receipt.ts';
import { quantityAndName } from './words.ts';

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

const CONFIRMED = 'Sent once, confirmed.';

/** Small print: under whose name, how long it took, how it ended where all is well, and what to quote. */
const smallPrint = (run: Run): KnownBlock => {
  const end = ending(run);
  return note(
    [`as ${run.author.name}`, seconds(run), ...(end === CONFIRMED ? [end] : []), `ref ${run.ref}`].join(' · '),
  );
};

/** How it ended where that is no small print. */
const loudEnding = (run: Run): ReadonlyArray<readonly Part[]> => {
  const end = ending(run);
  return end === CONFIRMED ? [] : [[{ bold: '! ' }, end]];
};

/** `Billed #32164 Own cloud thing again · Jerry Burger`; the number is a link on the button below. */
const about = (verb: string, run: Run): string => {
  const { subject, customerName } = run.ticket;
  const rest = hasNumber(run) ? ` ${shorten(subject.replace(/\s+/g, ' '), 80)}` : '';
  return `${verb} ${ticketName(run)}${rest} · ${shorten(customerName, 40)}`;
};

const doneTitle = (run: Run): KnownBlock =>
  header(`${ending(run) === CONFIRMED ? '✓' : '!'} ${about(doing(run).past, run)}`);

/** What was done about an answer that was lost: nobody has to wonder whether something went out twice. */
const safetyRows = (run: Run): ReadonlyArray<readonly Part[]> => {
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

const AUDIENCE_MARKS: Readonly<Record<Audience, string>> = { email: '✉', portal: '👁', internal: '🔒' };

/** `✉ jerry@customer.example: "Reset the cloud thing." · status Invoiced`. */
const saidParts = (run: PlannedRun): readonly Part[] => {
  const { status } = run.plan;
  const set = status === null ? '' : `status ${shorten(status, 60)}`;
  if (run.kind !== 'bill') return [['nobody was emailed', set].filter(Boolean).join(' · ')];
  const { audience, body, emailTo } = run.plan.comment;
  const to = audience === 'email' ? `${emailTo === null ? 'no address' : shorten(emailTo, 100)}: ` : '';
  const said = `"${shorten(body.replace(/\s+/g, ' ').trim(), 120)}"`;
  return [`${AUDIENCE_MARKS[audience]} ${[`${to}${said}`, set].filter(Boolean).join(' · ')}`];
};

/** What was worked or charged, and from where it is paid. */
const workedText = ({ plan }: PlannedRun): string => {
  const [first, ...others] = plan.line ? [plan.line] : plan.olderLines;
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'line' : 'lines'}`;
  const { prepaid } = plan;
  const block =
    prepaid === null
      ? ''
      : prepaid.covers
        ? ` from the block, ${formatHours(prepaid.afterHundredths)} h left`
        : ' from the block as far as it goes';
  return `${first ? quantityAndName(first) : 'no line'}${more}${block}`;
};

type Told = {
  /** For notifications and screen readers. */
  readonly spoken: string;
  readonly facts: readonly Part[];
  readonly buttons: readonly ActionsBlockElement[];
};

/** What was worked and what becomes of it. */
const moneyReceipt = (run: PlannedRun, { spoken, facts, buttons }: Told, last: readonly KnownBlock[] = []): Reply =>
  reply(`${spoken}. ${ending(run)}`, [
    doneTitle(run),
    lines(facts, saidParts(run), ...acceptedRow(run), ...safetyRows(run), ...wordRow(run), ...loudEnding(run)),
    ...(run.plan.warnings.some(({ kind }) => kind === 'no_status')
      ? [note('The status was left as it is: this Syncro account has no such status.')]
      : []),
    ...last,
    ...resumedLine(run),
    actions('run', buttons),
    smallPrint(run),
  ]);

const chargeReceipt = (run: PlannedRun, links: Links, followed: Followed | null): Reply => {
  const words = chargedText(run);
  const open = openButtons(run, links);
  return moneyReceipt(
    run,
    {
      spoken: `${doing(run).past} #${run.ticket.number} · ${words}`,
      facts: [words],
      buttons: needsInvoice(run, followed) ? [invoiceButton(run.ticket.number, chargedCents(run)), ...open] : open,
    },
    followed ? [line(...followedParts(run, followed))] : [],
  );
};

const invoiceReceipt = (run: PlannedRun, links: Links): Reply => {
  const { ticket, plan } = run;
  const invoice = resultOf(run, 'invoice');
  // The checked invoice's own total: where Syncro draws on a block, it is not known before.
  const cents = run.invoicedCents ?? plan.expectedTotalCents;
  const total = cents === null ? '' : formatMoney(cents);
  const number = invoice?.number ?? invoice?.id;
  const { past } = doing(run);
  const spoken = `${past} #${ticket.number}${total && ` · ${total}`}${number ? ` · invoice #${number}` : ''}`;
  return moneyReceipt(run, {
    spoken,
    facts: [
      workedText(run),
      ...(invoice?.id ? [' · ', { link: links.invoice(invoice.id), text: `invoice #${number}` }] : []),
      total && `: ${total}`,
    ],
    buttons: openButtons(run, links),
  });
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

/** What was put right, as it was and as it is. */
const correctedRows = (run: Run): ReadonlyArray<readonly Part[]> => {
  if (run.kind !== 'correct') return [];
  const { before, after } = run.correction;
  return after === null
    ? [[`Removed: ${targetText(before)}`]]
    : [[`Was: ${targetText(before)}`], [{ bold: `Now: ${targetText(after)}` }]];
};

const receipt = (run: Run, links: Links, followed: Followed | null): Reply => {
  if (hasPlan(run)) return isCharge(run) ? chargeReceipt(run, links, followed) : invoiceReceipt(run, links);
  if (run.kind === 'create') return createReceipt(run, links);
  if (run.kind === 'timer')
    return timeReceipt(run, links, { ending: ending(run), seconds: seconds(run), resumed: resumedLine(run) });
  const { past } = doing(run);
  return reply(`${past} ${ticketName(run)}. ${ending(run)}`, [
    doneTitle(run),
    lines(
      ...correctedRows(run),
      ...(run.kind === 'not_billable' ? [[`${notBillableHours(run)}: ${shorten(run.reason, 300)}`]] : []),
      ...stepRows(run).map((row): readonly Part[] => [row]),
      ...safetyRows(run),
      ...wordRow(run),
      ...loudEnding(run),
    ),
    ...resumedLine(run),
    ...withButtons([...closedButtons(run), ...openButtons(run, links)]),
    smallPrint(run),
  ]);
};

const withButtons = (buttons: readonly ActionsBlockElement[]): readonly KnownBlock[] =>
  buttons.length > 0 ? [actions('run', buttons)] : [];

const asking = (run: Run, question: Question, links: Links): Reply => {
  const { now } = doing(run);
  const asked = unclearTitle(run, question);
  const title = `! ${ticketName(run)} needs you${asked === null ? '' : `: ${asked}`}`;
  return reply(`${title}${asked === null ? '.' : ''} ${doneAndNot(run)}`, [
    header(title),
    line(...runTitle(now, run, links)),
    lines(...questionRows(run, question), [doneAndNot(run)]),
    ...resumedLine(run),
    actions('decide', [...questionButtons(run, question), ...openButtons(run, links)]),
    note(`ref ${run.ref}`),
  ]);
};

/** A check that found something else than was previewed, and was let pass. */
const acceptedRow = (run: Run): ReadonlyArray<readonly Part[]> =>
  run.steps.some(
    ({ action, state }) =>
      (action.kind === 'verify_invoice' || action.kind === 'verify_charge') &&
      state.phase === 'done' &&
      state.how === 'person',
  )
    ? [[`Not as previewed: ${run.author.name} accepted Syncro's ${isCharge(run) ? 'line' : 'total'}.`]]
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
      ...wordRow(run),
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
