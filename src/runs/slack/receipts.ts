import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { formatHours } from '../../shared/minutes.ts';
import { exact, formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { line, note, type Part } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import type { Reply } from '../../slack/reply.ts';
import type { Followed } from '../ports.ts';
import { type InvoicePlan, isBlockKnown, linesOf, type PlannedLine } from '../rules/bill-plan.ts';
import { targetText } from '../rules/correction.ts';
import { notBillableHours } from '../rules/not-billable.ts';
import { doing, hasPlan, isCharge } from '../rules/purpose.ts';
import { type PlannedRun, type Run, resultOf } from '../rules/run.ts';
import { chargedCents, chargedText, followedParts, needsInvoice } from './charge-receipt.ts';
import { createReceipt } from './create-receipt.ts';
import { draftRow, isDraft } from './draft-words.ts';
import { finished, saidText } from './endings.ts';
import { stepRows } from './run-steps.ts';
import { closedButtons, correctButton, invoiceButton, openButtons } from './run-words.ts';
import { timeReceipt } from './time-receipt.ts';
import { quantityAndName } from './words.ts';

/** `✉ jerry@customer.example: "Reset the cloud thing." · status Invoiced`. */
const saidParts = (run: PlannedRun): readonly Part[] => {
  const { status } = run.plan;
  const set = status === null ? '' : `status ${shorten(status, 60)}`;
  if (run.kind !== 'bill') return [['nobody was emailed', set].filter(Boolean).join(' · ')];
  return [[saidText(run, run.plan.comment), set].filter(Boolean).join(' · ')];
};

/** What the block paid; beside older lines that the settings don't know, it may have paid more. */
const blockText = (plan: InvoicePlan, others: readonly PlannedLine[]): string => {
  const { prepaid } = plan;
  if (!prepaid) return '';
  const { covers, beforeHundredths, afterHundredths } = prepaid;
  if (!covers) return ' from the block as far as it goes';
  const left = ` from the block, ${formatHours(afterHundredths)} h left`;
  if (others.length === 0) return left;
  const taken = `${formatHours(exact(beforeHundredths - afterHundredths))} h`;
  return isBlockKnown(plan, others) ? ` · ${taken}${left}` : ` · at least ${taken} from the block`;
};

/** What was worked or charged, and from where it is paid. */
const workedText = ({ plan }: PlannedRun): string => {
  const [first, ...others] = linesOf(plan);
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'line' : 'lines'}`;
  return `${first ? quantityAndName(first) : 'no line'}${more}${blockText(plan, others)}`;
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

type Told = {
  readonly spoken: string;
  readonly facts: readonly Part[];
  readonly since?: readonly KnownBlock[];
  readonly buttons: readonly ActionsBlockElement[];
};

const NO_STATUS = 'The status was left as it is: this Syncro account has no such status.';

/** What was worked and what becomes of it. */
const moneyReceipt = (run: PlannedRun, { spoken, facts, since = [], buttons }: Told): Reply =>
  finished(run, {
    spoken,
    rows: [facts, saidParts(run), ...draftRow(run), ...acceptedRow(run)],
    since: [...(run.plan.warnings.some(({ kind }) => kind === 'no_status') ? [note(NO_STATUS)] : []), ...since],
    buttons,
  });

const chargeReceipt = (run: PlannedRun, links: Links, followed: Followed | null): Reply => {
  const words = chargedText(run);
  const waits = followed === null || followed.state === 'late' || followed.state === 'unchecked';
  const open = [...openButtons(run, links), ...(waits ? [correctButton(run.ticket.number)] : [])];
  return moneyReceipt(run, {
    spoken: `${doing(run).past} #${run.ticket.number} · ${words}`,
    facts: [words],
    since: followed ? [line(...followedParts(followed))] : [],
    buttons: needsInvoice(run, followed) ? [invoiceButton(run.ticket.number, chargedCents(run)), ...open] : open,
  });
};

const invoiceReceipt = (run: PlannedRun, links: Links): Reply => {
  const { ticket, plan } = run;
  const invoice = resultOf(run, 'invoice');
  // The checked invoice's own total: where Syncro draws on a block, it is not known before.
  const cents = run.invoicedCents ?? plan.expectedTotalCents;
  const total = cents === null ? '' : formatMoney(cents);
  const number = invoice?.number ?? invoice?.id;
  const called = isDraft(run) ? 'draft invoice' : 'invoice';
  const { past } = doing(run);
  const spoken = `${past} #${ticket.number}${total && ` · ${total}`}${number ? ` · ${called} #${number}` : ''}`;
  return moneyReceipt(run, {
    spoken,
    facts: [
      workedText(run),
      ...(invoice?.id ? [' · ', { link: links.invoice(invoice.id), text: `${called} #${number}` }] : []),
      total && `: ${total}`,
    ],
    buttons: openButtons(run, links),
  });
};

/** What was put right, as it was and as it is. */
const correctedRows = (run: Run): ReadonlyArray<readonly Part[]> => {
  if (run.kind !== 'correct') return [];
  const { before, after } = run.correction;
  return after === null
    ? [[`Removed: ${targetText(before)}`]]
    : [[`Was: ${targetText(before)}`], [{ bold: `Now: ${targetText(after)}` }]];
};

export const receipt = (run: Run, links: Links, followed: Followed | null): Reply => {
  if (hasPlan(run)) return isCharge(run) ? chargeReceipt(run, links, followed) : invoiceReceipt(run, links);
  if (run.kind === 'create') return createReceipt(run, links);
  if (run.kind === 'timer') return timeReceipt(run, links);
  return finished(run, {
    rows: [
      ...correctedRows(run),
      ...(run.kind === 'not_billable' ? [[`${notBillableHours(run)}: ${shorten(run.reason, 300)}`]] : []),
      ...stepRows(run).map((row): readonly Part[] => [row]),
    ],
    buttons: [...closedButtons(run), ...openButtons(run, links)],
  });
};
