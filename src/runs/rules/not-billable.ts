import { formatHours } from '../../shared/minutes.ts';
import { shorten } from '../../shared/text.ts';
import type { Comment, TimerEntry } from '../../syncro/ticket.ts';
import { unverifiable } from './delays.ts';
import { currentIndex, done, type Run } from './run.ts';
import { type Action, plannedStep } from './step.ts';

type NotBillable = Run & { readonly kind: 'not_billable' };

/** By its subject such a comment is known again, also where Syncro keeps its text otherwise. */
const SUBJECT = 'Not billable';

/** It holds the hours of work that nobody is asked to pay for. */
export const isNotBillableComment = ({ subject, hidden }: Pick<Comment, 'subject' | 'hidden'>): boolean =>
  hidden && subject === SUBJECT;

/** `0.75 h remote, not billable`. */
export const notBillableHours = ({
  quantityHundredths,
  laborWord,
}: Pick<NotBillable, 'quantityHundredths' | 'laborWord'>): string =>
  `${formatHours(quantityHundredths)} h ${shorten(laborWord, 60)}, not billable`;

/** What is done about an entry that Syncro would let be billed: it is told so by itself, and then not kept. */
const instead = (run: NotBillable, { id: timerId }: TimerEntry): readonly Action[] => {
  const { id: ticketId } = run.ticket;
  if (!run.steps.some(({ action }) => action.kind === 'timer_billable'))
    return [{ kind: 'timer_billable', ticketId, timerId, billable: false }, { kind: 'verify_not_billable' }];
  const body = `${notBillableHours(run)}: ${run.reason}`;
  return [
    { kind: 'timer_delete', ticketId, timerId },
    { kind: 'comment', ticketId, subject: SUBJECT, body, audience: 'internal' },
  ];
};

/**
 * After the logged entry was read. Many accounts ignore `billable` in a new entry, and some in any: an entry that could be
 * billed is never left behind, so the hours and the reason stand in an internal comment then.
 */
export const checkedNotBillable = (run: Run, entry: TimerEntry, now: number): Run => {
  if (run.kind !== 'not_billable') return run;
  if (entry.recorded)
    return unverifiable(run, 'Syncro charged this time by itself. Remove the charge in Syncro, then try again.');
  const next = entry.billable === false ? [] : instead(run, entry).map(plannedStep);
  const steps = run.steps.toSpliced(currentIndex(run) + 1, 0, ...next);
  return done({ ...run, steps }, { id: entry.id, number: null }, 'answered', now);
};

/** The entry that was logged, where it was read since. */
export const loggedEntry = ({ steps }: Run): number | null => {
  const checked = steps.find(({ action }) => action.kind === 'verify_not_billable')?.state;
  return checked?.phase === 'done' ? checked.id : null;
};

/** The entry that was logged and taken out again, and which step did it; `null`: it was not. */
export const takenOut = (run: Run): { readonly timerId: number; readonly at: number } | null => {
  const timerId = loggedEntry(run);
  const at = run.steps.findIndex(
    ({ action, state }) => action.kind === 'timer_delete' && action.timerId === timerId && state.phase === 'done',
  );
  return timerId === null || at < 0 ? null : { timerId, at };
};
