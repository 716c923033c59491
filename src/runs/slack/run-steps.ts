import { formatHours, measuredMinutes } from '../../shared/minutes.ts';
import { formatMoney, lineAmountCents } from '../../shared/money.ts';
import { capitalized, shorten } from '../../shared/text.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { LineItemFields, TicketFields, Words } from '../../syncro/write.ts';
import { chargedLineOf } from '../rules/charge.ts';
import { resentSteps } from '../rules/doubles.ts';
import { isNotBillableComment, loggedEntry, takenOut } from '../rules/not-billable.ts';
import { invoicedCentsOf, mailedTo } from '../rules/purpose.ts';
import { currentIndex, isToldNotToEmail, type Run } from '../rules/run.ts';
import { type Action, type How, isUnknown, type Step } from '../rules/step.ts';
import { quantityAndName, targetsText } from './words.ts';

const isStatusOnly = (fields: TicketFields): boolean => fields.status !== undefined && Object.keys(fields).length === 1;

/** A step in one word, for "Done: …  Not done: …". */
export const stepWord = (action: Action): string => {
  switch (action.kind) {
    case 'comment':
      return 'comment';
    case 'line_item':
      return 'labor';
    case 'invoice':
      return 'invoice';
    case 'invoice_draft':
      return 'draft';
    case 'verify_invoice':
    case 'verify_charge':
    case 'verify_change':
    case 'verify_not_billable':
      return 'check';
    case 'timer':
      return 'time entry';
    case 'timer_charge':
      return 'charge';
    case 'timer_delete':
      return 'time entry removal';
    case 'timer_billable':
      return 'mark as not billable';
    case 'check_doubles':
      return 'check for duplicates';
    case 'line_item_remove':
      return 'line removal';
    case 'line_item_update':
      return 'line change';
    case 'timer_update':
      return 'time entry change';
    case 'ticket_delete':
      return 'ticket deletion';
    case 'invoice_delete':
      return 'deletion of the second invoice';
    case 'ticket_update':
      return isStatusOnly(action.fields) ? 'status' : 'changes';
    default:
      return action.kind.replaceAll('_', ' ');
  }
};

/** A step as the thing that was sent: "Syncro refused the labor line". */
export const stepThing = (action: Action): string => (action.kind === 'line_item' ? 'labor line' : stepWord(action));

const commentDone = (run: Run, { audience, subject }: Words): string => {
  if (isNotBillableComment({ subject, hidden: audience === 'internal' })) return 'Hours and reason, internal only';
  switch (audience) {
    case 'email':
      if (mailedTo(run) !== null && isToldNotToEmail(run)) return 'Comment sent; the customer is marked "no email"';
      return `Emailed ${shorten(mailedTo(run) ?? 'nobody: Syncro has no address', 150)}`;
    case 'portal':
      return 'Comment in the customer portal, no email';
    case 'internal':
      return 'Comment, internal only';
  }
};

/** A new ticket, and who gets its description. */
const newTicketText = (run: Run, audience: Audience | undefined): string => {
  switch (audience) {
    case undefined:
      return 'Ticket, no description';
    case 'email':
      if (mailedTo(run) !== null && isToldNotToEmail(run))
        return 'Ticket, description; the customer is marked "no email"';
      return `Ticket, description emailed to ${shorten(mailedTo(run) ?? 'nobody: Syncro has no address', 150)}`;
    case 'portal':
      return 'Ticket, description in the customer portal, no email';
    case 'internal':
      return 'Ticket, description internal only';
  }
};

const lineText = ({ name, quantityHundredths, rateCents }: LineItemFields): string =>
  `${formatHours(quantityHundredths)} h ${shorten(name, 100)}, ${formatMoney(lineAmountCents(quantityHundredths, rateCents))}`;

const chargeText = (run: Run, done: boolean): string => {
  const line = chargedLineOf(run);
  if (!line) return done ? 'Charged' : 'Charge';
  return `${done ? 'Charged' : 'Charge'}: ${quantityAndName(line)}, ${formatMoney(line.amountCents)}`;
};

/** Did the check lead to something else than the entry as it was logged? */
const isReplaced = ({ steps }: Run, check: Action): boolean => {
  const next = steps[steps.findIndex(({ action }) => action === check) + 1]?.action.kind;
  return next === 'timer_billable' || next === 'timer_delete';
};

/** What was not as previewed was accepted on a person's word. */
const checkedText = (cents: number | undefined, how: How, words: string): string => {
  if (how !== 'person') return `Checked: ${words}`;
  return cents === undefined ? 'Accepted as it is in Syncro' : `Accepted Syncro's ${formatMoney(cents)}`;
};

const changeCheckedText = ({ kind }: Run, how: How): string => {
  if (kind === 'delete') return 'Checked: it is gone';
  return how === 'person' ? 'Accepted as it is in Syncro' : 'Checked: it is as previewed';
};

const stepText = (run: Run, { action, state }: Step): string => {
  const done = state.phase === 'done';
  switch (action.kind) {
    case 'comment':
      return done ? commentDone(run, action) : 'Comment';
    case 'line_item':
      return lineText(action.item);
    case 'invoice':
      return done && state.number ? `Invoice #${state.number}` : 'Invoice';
    case 'verify_invoice':
      return done ? checkedText(invoicedCentsOf(run), state.how, 'every line is on the invoice') : 'Check';
    case 'invoice_draft':
      if (!done) return 'Make it a draft';
      return state.how === 'refused' ? 'Not made a draft' : 'Made a draft';
    case 'verify_charge':
      return done
        ? checkedText(chargedLineOf(run)?.amountCents, state.how, 'the line is on the ticket as previewed')
        : 'Check';
    case 'timer':
      return `Time entry, ${measuredMinutes(action.timer.startedAt, action.timer.endedAt)} min${action.timer.billable === false ? ', not billable' : ''}`;
    case 'timer_charge':
      return chargeText(run, done);
    case 'verify_change':
      return done ? changeCheckedText(run, state.how) : 'Check';
    case 'timer_delete':
      if (run.kind === 'correct') return 'Time entry removed';
      return action.timerId === loggedEntry(run) ? 'Time entry removed again' : 'Second time entry deleted';
    case 'timer_update':
      return 'Time entry changed';
    case 'line_item_update':
      return 'Line changed';
    case 'ticket_delete':
      return 'Ticket deleted';
    case 'timer_billable':
      if (!done) return 'Mark it as not billable';
      return state.how === 'refused' ? "Syncro won't mark it as not billable" : 'Marked as not billable';
    case 'verify_not_billable':
      if (!done) return 'Check';
      return isReplaced(run, action) ? 'Checked: it is still billable in Syncro' : 'Checked: not billable in Syncro';
    case 'ticket_update':
      if (run.kind === 'update') return targetsText(run.changes);
      return action.fields.status === undefined ? 'Changes' : `Status ${shorten(action.fields.status, 60)}`;
    case 'customer':
      return `New customer ${shorten(action.businessName ?? '', 100)}`;
    case 'ticket':
      return newTicketText(run, action.firstComment?.audience);
    case 'check_doubles':
      if (resentSteps(run).length === 0)
        return done ? 'Checked once more' : 'Check once more for what you said is there';
      if (done)
        return takenOut(run) ? 'Checked for duplicates: there is none' : 'Checked for duplicates: it is there once';
      return 'Check for duplicates, because something was sent twice';
    case 'line_item_remove':
      return run.kind === 'correct' ? 'Line removed' : 'Second line removed';
    case 'invoice_delete':
      return 'Second invoice deleted';
    default:
      return stepWord(action);
  }
};

const mark = (run: Run, { state }: Step): string => {
  if (state.phase === 'done') return '✓';
  if (state.phase === 'asking') return state.question.kind === 'refused' ? '✗' : '!';
  // A stopped run waits for nothing any more.
  if (run.state === 'stopped') return '!';
  return state.phase === 'unclear' || (state.phase === 'planned' && state.delay) ? '⏳' : '▸';
};

const rowOf = (run: Run, step: Step): string => `${mark(run, step)} ${stepText(run, step)}`;

/** What was done, a row each, and what was begun. */
export const stepRows = (run: Run): readonly string[] =>
  run.steps.filter(({ state }) => state.phase !== 'planned').map((step) => rowOf(run, step));

/** The list that ticks: a row for each step that is done, then one for the step that runs and those to come. */
export const tickingRows = (run: Run): readonly string[] => {
  const index = currentIndex(run);
  const [running, ...coming] = run.steps.slice(index);
  const words = coming.map(({ action }) => capitalized(stepWord(action)));
  return [
    ...run.steps.slice(0, index).map((step) => rowOf(run, step)),
    ...(running ? [[`${rowOf(run, running)} …`, ...words].join('   ')] : []),
  ];
};

/** `Done: comment, labor.   Not done: invoice, check, status.`; what nobody knows stands apart. */
export const doneAndNot = (run: Run): string => {
  // Looking for doubles is no work of the person's; whether there are any is said elsewhere.
  const steps = run.steps.filter(({ action }) => action.kind !== 'check_doubles');
  const names = (fits: (step: Step) => boolean) => steps.filter(fits).map(({ action }) => stepWord(action));
  const isDone = ({ state }: Step) => state.phase === 'done';
  const unknown = names(isUnknown);
  const done = names(isDone).join(', ') || 'nothing';
  const not = names((step) => !isDone(step) && !isUnknown(step)).join(', ');
  return [
    `Done: ${done}.`,
    ...(unknown.length > 0 ? [`Unknown: ${unknown.join(', ')}.`] : []),
    ...(not || unknown.length === 0 ? [`Not done: ${not || 'nothing'}.`] : []),
  ].join('   ');
};
