import type { Changed } from '../../src/runs/rules/basis.ts';
import type { Target } from '../../src/runs/rules/correction.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { isUnknown, isWrite } from '../../src/runs/rules/step.ts';
import { type Evidence, GOOD_FOR_MS, questionsShown, ticketOf } from './judge.ts';
import { entryValue, lineValue, ownerAt, PRODUCT } from './model-rows.ts';

type Kind<K extends Run['kind']> = Extract<Run, { readonly kind: K }>;

const targetValue = (target: Target): string => (target.of === 'line' ? lineValue(target) : entryValue(target));

const changesShown = (evidence: Evidence, run: Run): readonly Changed[] =>
  questionsShown(evidence, run).flatMap((question) => (question.kind === 'changed' ? question.changes : []));

const CHANGING = ['line_item_update', 'line_item_remove', 'timer_update', 'timer_delete', 'ticket_delete'] as const;

const sendsOf = ({ model }: Evidence, run: Run) =>
  model.sent.filter(({ runId, write }) => runId === run.id && CHANGING.some((kind) => kind === write.kind));

/** What others made of it, longer ago than what is read is good for, was seen by whoever put it right. */
const judgeCorrection = (evidence: Evidence, run: Kind<'correct'>): readonly string[] => {
  const { id } = run.correction.before;
  const history = ticketOf(evidence, run).history.filter((change) => change.id === id);
  const seen = new Set(
    [run, ...(evidence.shown.get(run.id) ?? [])].flatMap((shown) =>
      shown.kind === 'correct' ? [targetValue(shown.correction.before)] : [],
    ),
  );
  const asked = changesShown(evidence, run).flatMap((change) => {
    if (change.kind !== 'target' || change.to === null) return [];
    return [typeof change.to === 'string' ? change.to : targetValue(change.to)];
  });
  const problems = sendsOf(evidence, run).flatMap(({ at, write }) => {
    const isKnown = ({ by, value }: (typeof history)[number]) =>
      by === run.id || seen.has(value) || asked.includes(value);
    const before = history.filter((change) => change.at < at);
    const last = before.findLast((change) => change.at < at - GOOD_FOR_MS);
    // An earlier request of this run may have landed late, on top of it: then that is what stands there.
    if (!last || isKnown(last) || before.slice(-1).some(isKnown)) return [];
    return [`${write.kind} sent over what somebody else made of it, unasked`];
  });
  const mine = history.filter(({ by }) => by === run.id);
  for (const { action, state, ...step } of run.steps) {
    if (!isWrite(action)) continue;
    const isUntouched = mine.length === 0 && history.length === 0;
    if (state.phase === 'done' && (state.how === 'answered' ? mine.length === 0 : state.how === 'found' && isUntouched))
      problems.push(`${action.kind} called done, and nothing changed`);
    if (state.phase !== 'done' && !isUnknown({ action, state, ...step }) && mine.length > 0)
      problems.push(`${action.kind} called not done, and it is`);
  }
  // Who made it in Syncro puts it right, and nobody else.
  const row = [...ticketOf(evidence, run).lines, ...ticketOf(evidence, run).timers].find((one) => one.id === id);
  if (row && row.technicianId !== run.author.id) problems.push('put right what is somebody else’s');
  return problems;
};

/** More hours than were worked are a block's premium, and then it is not in the rate as well. */
const judgePremium = ({ correction: { after, priced } }: Kind<'correct'>): readonly string[] => {
  if (!priced || after?.of !== 'line') return [];
  const times = (after.quantityHundredths * 60) / 100 / priced.billedMinutes;
  const isTwice = priced.laborWord === 'emergency-remote' && after.rateCents > PRODUCT.rateCents;
  const most = priced.laborWord === 'remote' || isTwice ? 1 : 1.5;
  return times > most + 0.01 ? [`corrected to ${times} times the hours of ${priced.laborWord}`] : [];
};

/** A ticket that somebody else wrote on stays, and so does one that is billed. */
const judgeDeletion = (evidence: Evidence, run: Kind<'delete'>): readonly string[] => {
  const { comments, lines, timers, invoices, deletedAt } = ticketOf(evidence, run);
  const isSeen = (id: number): boolean => Object.values(run.known).flat().includes(id);
  const others = [
    ...comments.filter(({ authorId, id }) => authorId !== run.author.id || !isSeen(id)),
    ...lines.filter(({ technicianId, id }) => technicianId !== run.author.id || !isSeen(id)),
    ...timers.filter(({ technicianId, id }) => technicianId !== run.author.id || !isSeen(id)),
    ...invoices,
  ];
  const problems = sendsOf(evidence, run).flatMap(({ at }) =>
    others.some(({ visibleAt }) => visibleAt < at - GOOD_FOR_MS)
      ? ['a ticket deleted with what somebody else wrote on it']
      : [],
  );
  if (run.technician.role !== 'admin') problems.push('a ticket deleted by who is no admin');
  if (run.state === 'done' && deletedAt === null) problems.push('a ticket called deleted, and it is there');
  if (
    run.state === 'stopped' &&
    deletedAt !== null &&
    !run.steps.some(isUnknown) &&
    run.steps[0]?.state.phase !== 'done'
  )
    problems.push('a ticket called not deleted, and it is gone');
  return problems;
};

const isMoved = (evidence: Evidence, run: Run, at: number): boolean => {
  const owner = ownerAt(ticketOf(evidence, run), at);
  return owner.customer.id !== run.ticket.customerId && owner.at < at - GOOD_FOR_MS;
};

/** Holds what was put right and taken away against the promises. */
export const judgeChanges = (evidence: Evidence): readonly string[] =>
  evidence.runs.flatMap((run) => {
    const key = evidence.keyOf(run.technician.slackUser);
    const other = sendsOf(evidence, run).find((send) => send.key !== key);
    return [
      ...(run.kind === 'correct' ? [...judgeCorrection(evidence, run), ...judgePremium(run)] : []),
      ...(run.kind === 'delete' ? judgeDeletion(evidence, run) : []),
      ...(other ? [`${other.write.kind} under another key`] : []),
      ...((run.kind === 'correct' || run.kind === 'delete') &&
      sendsOf(evidence, run).some(({ at }) => isMoved(evidence, run, at))
        ? ['a change on another customer’s ticket']
        : []),
    ].map((problem) => `${run.ref}: ${problem}`);
  });
