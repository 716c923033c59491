import type { ClockNow } from '../../shared/system.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Write } from '../../syncro/write.ts';
import { chargedLineOf } from './charge.ts';
import { settledBy } from './looks.ts';
import { takenOut } from './not-billable.ts';
import { hasPlan, isCharge } from './purpose.ts';
import { alikeOf, type Effect, effectsOf, type Reading } from './reconcile.ts';
import { isRepeatable } from './resend.ts';
import { madeBeside, type Run, type RunSettings } from './run.ts';
import { isWrite, type Question, type Step } from './step.ts';
import { verifyInvoice } from './verify-invoice.ts';

type Resent = { readonly write: Write; readonly step: Step };

/** The steps whose effect may be in Syncro twice, because they were sent twice. */
export const resentSteps = (run: Run): readonly Resent[] =>
  run.steps.flatMap((step) =>
    isWrite(step.action) && step.tries > 1 && !step.doubleLeft && !isRepeatable(step.action)
      ? [{ write: step.action, step }]
      : [],
  );

/** Stopped before the last look: what was sent twice may be there twice, and nobody looked. */
export const mayBeDoubled = (run: Run): boolean =>
  resentSteps(run).length > 0 &&
  run.steps.some(({ action, state }) => action.kind === 'check_doubles' && action.last && state.phase !== 'done');

/**
 * Until when what was sent twice is looked for. Each of the sends may be the one that arrives late, so the last one is
 * given its time to settle twice.
 */
export const resentSettledAt = (run: Run, { settleMs }: RunSettings, clock: ClockNow): number =>
  Math.max(
    0,
    ...resentSteps(run).map(({ step: { lastIntent } }) =>
      lastIntent ? settledBy(lastIntent, settleMs, clock) + settleMs : 0,
    ),
  );

/** What to look for: a charge leaves a line behind, and only the run knows which. */
export const traceOf = (run: Run, write: Write): Write => {
  const line = write.kind === 'timer_charge' ? chargedLineOf(run) : null;
  if (write.kind !== 'timer_charge' || !line) return write;
  return { kind: 'line_item', ticketId: write.ticketId, item: { ...line, productId: line.productId ?? 0 } };
};

type Doubled = Question & { readonly kind: 'doubled' };

/** What reads otherwise than it was sent may be something else: a person compares the texts. */
const otherwise = (effects: readonly Effect[], kept: number): Pick<Doubled, 'alike'> => {
  const alike = alikeOf(effects.filter(({ id }) => id !== kept));
  return alike.length > 0 ? { alike } : {};
};

/** Of lines that wait for a recurring invoice, one that an invoice holds is kept: lines are never removed after invoicing. */
const doubledCharge = ({ write, step }: Resent, effects: readonly Effect[], { ticket }: Reading): Doubled | null => {
  const answered = step.state.phase === 'done' ? step.state.id : null;
  const ids = effects.map(({ id }) => id);
  const isInvoiced = (id: number) => ticket?.lineItems.some((line) => line.id === id && line.invoiced) ?? false;
  const [kept, ...extra] = ids.toSorted(
    (a, b) => Number(isInvoiced(b)) - Number(isInvoiced(a)) || Number(b === answered) - Number(a === answered),
  );
  if (kept === undefined) return null;
  const stays = extra.every(isInvoiced);
  return {
    kind: 'doubled',
    what: write.kind,
    kept,
    extra: stays ? extra : extra.filter((id) => !isInvoiced(id)),
    ...(stays ? { invoiced: true } : {}),
    ...otherwise(effects, kept),
  };
};

/** The first step whose effect is there more than once; `null`: each is there once (or can't be seen). */
export const findDouble = (run: Run, readingFor: (write: Write) => Reading): Doubled | null => {
  for (const { write, step } of resentSteps(run)) {
    if (!step.firstIntent || step.state.phase !== 'done') continue;
    const reading = readingFor(write);
    const effects = effectsOf(traceOf(run, write), step.firstIntent, run.known, reading, madeBeside(run, step)) ?? [];
    const out = write.kind === 'timer' ? takenOut(run) : null;
    if (out && effects.length > 0)
      return { kind: 'doubled', what: 'timer', kept: out.timerId, extra: effects.map(({ id }) => id), gone: true };
    if (effects.length < 2) continue;
    if (write.kind === 'timer_charge' || (write.kind === 'line_item' && isCharge(run)))
      return doubledCharge({ write, step }, effects, reading);
    const ids = effects.map(({ id }) => id);
    const done = step.state.id;
    const kept = ids.find((id) => id === done) ?? ids[0];
    if (kept === undefined) continue;
    const extra = ids.filter((id) => id !== kept);
    return { kind: 'doubled', what: write.kind, kept, extra, ...otherwise(effects, kept) };
  }
  return null;
};

/**
 * Of two invoices for one bill, the one that holds what was previewed is the one that counts, whichever was answered:
 * a request that arrives late finds the ticket's lines, and leaves the other invoice empty.
 */
export const keepRightInvoice = (
  run: Run,
  doubled: Doubled,
  invoices: readonly Invoice[],
): { readonly run: Run; readonly doubled: Doubled } => {
  const ids = [doubled.kept, ...doubled.extra];
  const candidates = invoices.filter(({ id }) => ids.includes(id));
  if (!hasPlan(run) || candidates.length < 2) return { run, doubled };
  const wrongs = (invoice: Invoice) => verifyInvoice(run, invoice, null).length;
  const kept = candidates.reduce((best, other) => (wrongs(other) < wrongs(best) ? other : best));
  const steps = run.steps.map((step): Step => {
    if (step.action.kind !== 'invoice' || step.state.phase !== 'done') return step;
    return { ...step, state: { ...step.state, id: kept.id, number: kept.number } };
  });
  return { run: { ...run, steps }, doubled: { ...doubled, kept: kept.id, extra: ids.filter((id) => id !== kept.id) } };
};

/** The steps of which only a person said that they are in Syncro. */
export const stepsOnWord = (run: Run): readonly Resent[] =>
  run.steps.flatMap((step) =>
    isWrite(step.action) && step.state.phase === 'done' && step.state.how === 'person'
      ? [{ write: step.action, step }]
      : [],
  );

/** What a person said to be there, and what a look finds there by now, rests on their word no longer. */
export const confirmWords = (run: Run, readingFor: (write: Write) => Reading): Run => {
  const steps = run.steps.map((step): Step => {
    if (!stepsOnWord(run).some((word) => word.step === step) || !isWrite(step.action) || !step.firstIntent) return step;
    const beside = madeBeside(run, step);
    const effects = effectsOf(step.action, step.firstIntent, run.known, readingFor(step.action), beside) ?? [];
    const [found, second] = effects.filter(({ equal }) => equal);
    if (!found || second) return step;
    return { ...step, state: { phase: 'done', id: found.id, number: found.number, how: 'found' } };
  });
  return { ...run, steps };
};
