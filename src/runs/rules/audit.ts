import type { TicketFields, Write } from '../../syncro/write.ts';
import type { AuditEntry, AuditOutcome, Run } from './run.ts';
import { isWrite, type Step } from './step.ts';

const HOW = { answered: 'confirmed', found: 'found', person: 'on_word', refused: 'refused' } as const;

const outcomeOf = (before: Step | undefined, after: Step, stopped: boolean): AuditOutcome | null => {
  const was = before?.state.phase;
  const { state } = after;
  if (state.phase === 'done') {
    const said = before?.state.phase === 'done' ? before.state.how : null;
    return state.how === said ? null : HOW[state.how];
  }
  if (stopped) return after.firstIntent === null ? null : 'stopped';
  if (state.phase === 'unclear' && was !== 'unclear') return 'unknown';
  if (state.phase === 'asking' && state.question.kind === 'refused' && was !== 'asking') return 'refused';
  return null;
};

const FIELDS: Readonly<Record<Exclude<keyof TicketFields, 'timeZone'>, string>> = {
  subject: 'subject',
  status: 'status',
  priority: 'priority',
  problemType: 'problem type',
  technicianId: 'technician',
  contactId: 'contact',
  dueDate: 'due',
};

/** `comment`; of a changed ticket also to what: `ticket_update: status Invoiced`. */
const whatOf = (action: Write): string => {
  if (action.kind !== 'ticket_update') return action.kind;
  const { timeZone: _notSent, ...fields } = action.fields;
  const changes = Object.entries(fields).map(([field, to]) => `${FIELDS[field as keyof typeof FIELDS]} ${to}`);
  return `${action.kind}: ${changes.join(', ')}`;
};

/** What of the change from one state of a run to the next belongs into the audit: every attempt at a write. */
const entriesOf = (before: Run, after: Run, now: number): ReadonlyArray<Omit<AuditEntry, 'n'>> => {
  // Steps are put in between and at the end, never taken out: those from the end keep their distance to it.
  const stopped = after.state === 'stopped' && before.state !== 'stopped';
  const old = new Map(before.steps.map((step) => [step.action, step]));
  return after.steps.flatMap((step, index) => {
    if (!isWrite(step.action)) return [];
    const same = old.get(step.action) ?? before.steps[index];
    const outcome = outcomeOf(same, step, stopped);
    const recordId = step.state.phase === 'done' ? step.state.id : null;
    return outcome ? [{ at: now, what: whatOf(step.action), outcome, recordId }] : [];
  });
};

/** The next state of a run, with what happened since the last one noted in it. */
export const withAudit = (before: Run, after: Run, now: number): Run => {
  const noted = after.audit ?? [];
  const entries = entriesOf(before, after, now).map((entry, i): AuditEntry => ({ n: noted.length + i, ...entry }));
  return entries.length > 0 ? { ...after, audit: [...noted, ...entries] } : after;
};
