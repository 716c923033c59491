import { mayBeDoubled } from '../../src/runs/rules/doubles.ts';
import { hasPlan, isCharge } from '../../src/runs/rules/purpose.ts';
import { emailsCustomer } from '../../src/runs/rules/resend.ts';
import type { Run } from '../../src/runs/rules/run.ts';
import { isUnknown, isWrite, type Question } from '../../src/runs/rules/step.ts';
import type { Write } from '../../src/syncro/write.ts';
import { type ModelTicket, ownerAt } from './model-rows.ts';
import { SETTLE_MS } from './office.ts';
import type { Model, SentWrite } from './syncro-model.ts';

/** A person's word, as it was given. */
export type Word = { readonly at: number; readonly runId: string; readonly kind: string };

export type Evidence = {
  readonly model: Model;
  readonly runs: readonly Run[];
  readonly shown: ReadonlyMap<string, readonly Run[]>;
  readonly words: readonly Word[];
  readonly keyOf: (slackUser: string) => string | undefined;
  readonly resendEmailComment: 'ask' | 'auto';
};

export const ticketOf = ({ model }: Evidence, run: Run): ModelTicket => model.ticketOf(run.ticket.id ?? 0);

const madeBy =
  (run: Run) =>
  ({ madeBy: id }: { readonly madeBy: string | null }): boolean =>
    id === run.id;

const commentsOf = (evidence: Evidence, run: Run) => ticketOf(evidence, run).comments.filter(madeBy(run));
const linesOf = (evidence: Evidence, run: Run) => ticketOf(evidence, run).lines.filter(madeBy(run));
const entriesOf = (evidence: Evidence, run: Run) => ticketOf(evidence, run).timers.filter(madeBy(run));
const invoicesOf = (evidence: Evidence, run: Run) => ticketOf(evidence, run).invoices.filter(madeBy(run));

export const questionsShown = (evidence: Evidence, run: Run): readonly Question[] =>
  (evidence.shown.get(run.id) ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ state }) => (state.phase === 'asking' ? [state.question] : [])),
  );

/** Was the person shown that the same may be there more than once? */
const toldOfDouble = (evidence: Evidence, run: Run): boolean =>
  questionsShown(evidence, run).some(
    (question) =>
      question.kind === 'doubled' ||
      question.kind === 'mismatch' ||
      (question.kind === 'unclear' && question.candidates.length > 1),
  );

const sendsOf = ({ model }: Evidence, run: Run, kind: Write['kind']): readonly SentWrite[] =>
  model.sent.filter(({ write, runId }) => write.kind === kind && runId === run.id);

const READ_AS = {
  comment: 'comments',
  line_item: 'ticket',
  invoice: 'invoices',
  timer: 'ticket',
  timer_charge: 'ticket',
  customer: 'customers',
  ticket: 'tickets',
} as const;
const READ_KINDS = ['comment', 'line_item', 'invoice', 'timer', 'timer_charge'] as const;
/** Also what was answered was refused where it is about something that is gone. */
const mayHaveLanded = ({ fate, landedAt }: SentWrite): boolean =>
  fate === 'answered' ? landedAt !== null : fate !== 'limited' && fate !== 'refused' && fate !== 'not_sent';

/** A run may write two comments: its words, and hours that Syncro did not keep as it was told. */
const subjectOf = ({ write }: SentWrite): string | null => (write.kind === 'comment' ? write.subject : null);

/** Between two sends that may both land: a read after settling, or a person's word. */
export const repeatsBlindly = (evidence: Evidence, run: Run, kind: keyof typeof READ_AS): boolean => {
  const sends = sendsOf(evidence, run, kind).filter(mayHaveLanded);
  return sends.some((send, i) => {
    const before = sends.slice(0, i).findLast((one) => subjectOf(one) === subjectOf(send));
    if (!before) return false;
    const word = evidence.words.some(
      ({ runId, kind: said, at }) => runId === run.id && said === 'send_again' && at >= before.at && at <= send.at,
    );
    const read = evidence.model.reads.some(
      ({ at, what, ticketId }) =>
        ticketId === (run.ticket.id ?? 0) && what === READ_AS[kind] && at >= before.at + SETTLE_MS && at <= send.at,
    );
    return !word && !read;
  });
};

/** What was read is good for half a minute; reading, connecting and sending take a few seconds more. */
export const GOOD_FOR_MS = 40_000;
const RESTING = ['comment', 'line_item', 'invoice', 'timer', 'timer_charge', 'ticket_update'] as const;

/** The ticket was another customer's for longer than anything read of it is good for. */
const wroteToAnother = (evidence: Evidence, run: Run): readonly string[] =>
  RESTING.filter((kind) =>
    sendsOf(evidence, run, kind).some(({ at }) => {
      const owner = ownerAt(ticketOf(evidence, run), at);
      return owner.customer.id !== run.ticket.customerId && owner.at < at - GOOD_FOR_MS;
    }),
  );

/** Between a send that was not answered and the next one the ticket is read again, whoever waited for what. */
const reliedOnOld = ({ model }: Evidence, run: Run): readonly string[] => {
  const sends = model.sent.filter(
    ({ runId, write }) => runId === run.id && RESTING.some((kind) => kind === write.kind),
  );
  return sends.flatMap(({ at, write }, i) => {
    const before = sends[i - 1];
    if (!before || before.fate === 'answered') return [];
    const isRead = model.reads.some(
      (read) => read.what === 'ticket' && read.ticketId === run.ticket.id && read.at >= before.at && read.at <= at,
    );
    return isRead ? [] : [write.kind];
  });
};

/** Of what was made by hand since the preview, and was on the ticket for so long, each id was shown to the person. */
const wroteBeside = (evidence: Evidence, run: Run): readonly string[] => {
  const { lines, invoices } = ticketOf(evidence, run);
  const shown = new Set(
    questionsShown(evidence, run).flatMap((question) => {
      if (question.kind === 'unclear') return question.candidates;
      if (question.kind === 'doubled') return [question.kept, ...question.extra];
      return question.kind === 'changed'
        ? question.changes.flatMap((one) => ('id' in one && one.id !== null ? [one.id] : []))
        : [];
    }),
  );
  const seen = hasPlan(run) ? run.plan.seen : run.known;
  const byHand = [
    ...lines.map((row) => ({ ...row, before: seen.lineItemIds })),
    ...(hasPlan(run) && !isCharge(run) ? invoices.map((row) => ({ ...row, before: seen.invoiceIds })) : []),
  ].filter(({ id, madeBy: by, before }) => by === null && !before.includes(id) && !shown.has(id));
  return (['line_item', 'invoice', 'timer_charge'] as const).filter((kind) =>
    sendsOf(evidence, run, kind).some(({ at }) =>
      byHand.some(({ createdAt, visibleAt }) => Math.max(createdAt ?? 0, visibleAt) < at - GOOD_FOR_MS),
    ),
  );
};

const emailedTwiceUnasked = (evidence: Evidence, run: Run): boolean => {
  if (evidence.resendEmailComment === 'auto') return false;
  const sends = sendsOf(evidence, run, 'comment').filter(
    (send) => mayHaveLanded(send) && send.write.kind === 'comment' && emailsCustomer(send.write),
  );
  const words = evidence.words.filter(({ runId, kind }) => runId === run.id && kind === 'send_again');
  return sends.length > 1 + words.length;
};

/** What it made and is no longer there: others took it, or it did so itself in place of which it wrote a comment. */
const takenOff = (evidence: Evidence, run: Run, what: 'line' | 'time_entry'): number =>
  ticketOf(evidence, run).removed.filter(
    ({ of, madeBy: by, removedBy }) =>
      of === what && by === run.id && (removedBy !== run.id || run.kind === 'not_billable'),
  ).length;

/** The effects of a step that the run calls done, or not done. */
const landedCount = (evidence: Evidence, run: Run, write: Write): number | null => {
  const { kind } = write;
  if (kind === 'comment') return commentsOf(evidence, run).filter(({ subject }) => subject === write.subject).length;
  if (kind === 'line_item' || kind === 'timer_charge')
    return linesOf(evidence, run).length + takenOff(evidence, run, 'line');
  if (kind === 'timer') return entriesOf(evidence, run).length + takenOff(evidence, run, 'time_entry');
  return kind === 'invoice' ? invoicesOf(evidence, run).length : null;
};

const mostOfOneSubject = (evidence: Evidence, run: Run): number =>
  Math.max(
    0,
    ...[...Map.groupBy(commentsOf(evidence, run), ({ subject }) => subject).values()].map((all) => all.length),
  );

/** Was the person shown that something may be there twice? A run stopped before it was looked at says so in its receipt. */
export const isTold = (evidence: Evidence, run: Run): boolean =>
  toldOfDouble(evidence, run) || (run.state === 'stopped' && mayBeDoubled(run));

const judgeRun = (evidence: Evidence, run: Run): readonly string[] => {
  const problems: string[] = [];
  const told = isTold(evidence, run);
  for (const [what, count] of [
    ['comments', mostOfOneSubject(evidence, run)],
    ['lines', linesOf(evidence, run).length],
    ['invoices', invoicesOf(evidence, run).length],
    ['time entries', entriesOf(evidence, run).length],
  ] as const)
    if (count > 1 && !told) problems.push(`${count} ${what} and nobody was told`);
  for (const kind of READ_KINDS)
    if (repeatsBlindly(evidence, run, kind)) problems.push(`${kind} sent again without a read after settling`);
  for (const kind of wroteToAnother(evidence, run)) problems.push(`${kind} sent to another customer's ticket`);
  for (const kind of reliedOnOld(evidence, run)) problems.push(`${kind} sent after a pause on what was read before it`);
  for (const kind of wroteBeside(evidence, run)) problems.push(`${kind} sent beside a bill made by hand, unasked`);
  if (emailedTwiceUnasked(evidence, run)) problems.push('an emailing comment was sent again without a word');

  if (run.state !== 'done' && run.state !== 'stopped') problems.push(`never ended: ${run.state}`);
  for (const { action, state, ...step } of run.steps) {
    if (!isWrite(action)) continue;
    const landed = landedCount(evidence, run, action);
    if (landed === null) continue;
    if (state.phase === 'done' && state.how !== 'person' && landed === 0)
      problems.push(`${action.kind} called done, not in Syncro`);
    if (state.phase !== 'done' && !isUnknown({ action, state, ...step }) && landed > 0)
      problems.push(`${action.kind} called not done, but in Syncro`);
  }
  if (
    run.state === 'done' &&
    (run.kind === 'timer' || isCharge(run)) &&
    linesOf(evidence, run).length + takenOff(evidence, run, 'line') === 0
  )
    problems.push('done without its line on the ticket');
  if (run.state === 'done' && run.kind === 'bill' && !isCharge(run)) {
    // Also an invoice that an earlier, stopped run's late request made: then that one holds the line, once.
    const billed = ticketOf(evidence, run).invoices.some(({ lines }) => lines.some(madeBy(run)));
    if (!billed && !told) problems.push('done without its line on an invoice');
  }
  if (run.state === 'done' && run.kind === 'invoice' && !told) {
    const { lines } = ticketOf(evidence, run);
    const waits = run.plan.olderLines.some(({ id }) => lines.some((line) => line.id === id && !line.invoiced));
    if (waits) problems.push('done with a line that waits for an invoice');
  }
  if (run.overtakenBy && evidence.model.sent.some((send) => send.runId === run.id && mayHaveLanded(send)))
    problems.push('ended by itself after something was sent');
  const last = (evidence.shown.get(run.id) ?? []).at(-1);
  if (last?.state !== run.state) problems.push(`the message says ${last?.state ?? 'nothing'}, the run is ${run.state}`);

  const key = evidence.keyOf(run.technician.slackUser);
  for (const kind of [...READ_KINDS, 'ticket_update'] as const)
    if (sendsOf(evidence, run, kind).some((send) => send.key !== key)) problems.push(`${kind} under another key`);
  return problems.map((problem) => `${run.ref}: ${problem}`);
};

/** A status Invoiced needs an invoice that is there. */
const judgeTickets = ({ model }: Evidence): readonly string[] =>
  model.tickets.flatMap((ticket) =>
    ticket.status === 'Invoiced' && ticket.invoices.length === 0
      ? [`#${ticket.number} is Invoiced without an invoice`]
      : [],
  );

/** Holds what is in Syncro, what was sent and what people were shown against the promises; new tickets are judged apart. */
export const judge = (evidence: Evidence): readonly string[] => [
  ...evidence.runs.flatMap((run) => (run.kind === 'create' ? [] : judgeRun(evidence, run))),
  ...judgeTickets(evidence),
];
