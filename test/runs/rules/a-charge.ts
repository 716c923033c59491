import type { BillPlan, Later } from '../../../src/runs/rules/bill-plan.ts';
import { conclude, verified } from '../../../src/runs/rules/moves.ts';
import { type BillRun, currentStep, type Run } from '../../../src/runs/rules/run.ts';
import { billWork, runOf } from '../../../src/runs/rules/work.ts';
import type { LineItem } from '../../../src/syncro/ticket.ts';
import { aBilledTicket, aPlan } from './a-bill.ts';
import { author, sending } from './a-run.ts';
import { aLineItem, howard, noon, remoteProduct } from './a-ticket.ts';

export const monthly: Later & { by: 'schedule' } = {
  by: 'schedule',
  scheduleId: 31,
  name: 'Monthly managed',
  day: '2026-12-01',
};

/** A bill of 45 minutes remote that was confirmed to go on the monthly invoice. */
export const aCharge = (fields: Partial<BillPlan> = {}): BillRun => {
  const plan: BillPlan = { ...aPlan(), status: 'Resolved', later: monthly, ...fields };
  const work = billWork(aBilledTicket(), plan, author, noon);
  const run = runOf(work, { id: 'run-1', formId: 'form-1', ref: 'K7Q2MX', technician: howard, now: noon });
  if (run.kind !== 'bill') throw new Error('a charge is a bill');
  return run;
};

/** The line as Syncro has it then. */
export const theLine = (fields: Partial<LineItem> = {}): LineItem =>
  aLineItem({
    id: 900,
    productId: remoteProduct.id,
    name: remoteProduct.name,
    description: 'Fixed the sync',
    quantityHundredths: 75,
    rateCents: 15_000,
    createdAt: noon,
    ...fields,
  });

/** Its comment and its line went out, and each was answered. */
export const sentCharge = (run: Run = aCharge()): Run =>
  [800, 900].reduce((now, id) => conclude(sending(now), { outcome: 'landed', id, number: null }, noon), run);

/** All of it was done. */
export const doneCharge = (run: Run = aCharge()): BillRun => {
  let now = verified(sentCharge(run), [], noon);
  while (currentStep(now)) now = conclude(sending(now), { outcome: 'landed', id: null, number: null }, noon);
  if (now.kind !== 'bill') throw new Error('a charge is a bill');
  return now;
};
