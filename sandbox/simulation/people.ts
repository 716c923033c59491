import { mayGoOnAnyway } from '../../src/runs/rules/check-basis.ts';
import { removalOf } from '../../src/runs/rules/decide.ts';
import { currentIndex, currentStep, type Decision, type Run } from '../../src/runs/rules/run.ts';
import type { Question } from '../../src/runs/rules/step.ts';
import type { Random } from './random.ts';
import type { Model } from './syncro-model.ts';

/** Does the person, looking into Syncro, see the effect of the current step? */
const isThere = (run: Run, model: Model): boolean => {
  const action = currentStep(run)?.action;
  const ticket = model.ticketOf(run.ticket.id ?? 0);
  // However its text was changed: people know what they wrote.
  const isOurs = ({ madeBy }: { readonly madeBy: string | null }): boolean => madeBy === run.id;
  switch (action?.kind) {
    case 'comment':
      return ticket.comments.some((row) => isOurs(row) && row.subject === action.subject);
    case 'line_item':
      return ticket.lines.some(isOurs);
    case 'invoice':
      return ticket.invoices.some(isOurs);
    case 'timer':
      return ticket.timers.some(isOurs);
    case 'timer_charge':
      return ticket.timers.some(({ id, recordedAt }) => id === action.timerId && recordedAt < Number.POSITIVE_INFINITY);
    case 'ticket_update':
      return ticket.status === action.fields.status;
    case 'line_item_update':
    case 'timer_update':
      return ticket.history.some(({ by }) => by === run.id);
    case 'line_item_remove':
      return !ticket.lines.some(({ id }) => id === action.lineItemId);
    case 'timer_delete':
      return !ticket.timers.some(({ id }) => id === action.timerId);
    case 'ticket_delete':
      return ticket.deletedAt !== null;
    default:
      return false;
  }
};

/** What somebody else wrote by hand is not taken out. */
const mayRemove = (run: Run, question: Question & { kind: 'doubled' }, model: Model): boolean => {
  const ticket = model.ticketOf(run.ticket.id ?? 0);
  const rows = [...ticket.lines, ...ticket.timers, ...ticket.invoices];
  const isByHand = rows.some(({ id, madeBy }) => id === question.extra[0] && madeBy === null);
  return removalOf(run, question) !== null && !isByHand;
};

/** What a person presses who sees this message: truthful, now and then impatient, sometimes fed up. */
export const answerFor = (run: Run, model: Model, random: Random): Decision | null => {
  const step = currentIndex(run);
  const state = currentStep(run)?.state;
  if (!state || run.state === 'done' || run.state === 'stopped') return null;
  if (random.chance(0.02)) return { kind: 'stop', step };
  if (state.phase === 'unclear' && random.chance(0.08))
    return { kind: isThere(run, model) ? 'it_is_there' : 'send_again', step };
  if (state.phase !== 'asking' || random.chance(0.3)) return null;
  if (random.chance(0.1)) return { kind: 'stop', step };
  switch (state.question.kind) {
    case 'unclear':
      return { kind: isThere(run, model) ? 'it_is_there' : 'send_again', step };
    case 'refused':
      return { kind: 'correct', step, text: correctedText(run) };
    case 'doubled':
      return {
        kind: mayRemove(run, state.question, model) && random.chance(0.8) ? 'remove_double' : 'leave_double',
        step,
      };
    case 'mismatch':
      if (random.chance(0.5)) return { kind: 'try_again', step };
      return { kind: random.chance(0.5) ? 'accept' : 'stop', step };
    case 'changed':
      return random.chance(mayGoOnAnyway(run, state.question.changes) ? 0.6 : 0.3)
        ? { kind: 'try_again', step }
        : { kind: 'stop', step };
    case 'key':
    case 'unverifiable':
      return { kind: 'try_again', step };
  }
};

/** The words stay the same, so that the judge finds them. */
const correctedText = (run: Run): string => {
  const action = currentStep(run)?.action;
  if (action?.kind === 'comment') return action.body;
  if (action?.kind === 'timer') return action.timer.notes;
  return action?.kind === 'line_item' ? action.item.description : 'corrected';
};
