import { reasonText, withReason } from '../../src/features/bill/not-billable.ts';
import type { BillChoice } from '../../src/features/bill/plan.ts';
import type { Billing } from '../../src/features/bill/prepare.ts';
import type { Deletion } from '../../src/features/correct/deletion.ts';
import type { CorrectChoice } from '../../src/features/correct/plan.ts';
import { type Correcting, keyOf } from '../../src/features/correct/prepare.ts';
import type { OpenedForms } from '../../src/runs/opened-forms.ts';
import type { BillPlan } from '../../src/runs/rules/bill-plan.ts';
import { type Target, textOf } from '../../src/runs/rules/correction.ts';
import type { Work } from '../../src/runs/rules/work.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { LaborType } from '../../src/shared/labor.ts';
import type { Technician } from '../../src/shared/technician.ts';
import type { TicketNumber } from '../../src/syncro/ticket.ts';
import { EMERGENCY, PRODUCT } from './model-rows.ts';
import type { Random } from './random.ts';

const usual = { note: null, debitsPrepaid: true };

export const REMOTE: LaborType = { ...usual, word: 'remote', productId: PRODUCT.id };
/** A premium is on the rate, or on a block's hours. */
const PREMIUM: LaborType = {
  ...{ ...usual, word: 'emergency-remote', productId: EMERGENCY.id, prepaid: { times: 1.5 } },
  rate: { of: 'remote', productId: PRODUCT.id, times: 1.5 },
};
/** It is in the product's own rate, or on a block's hours. */
const FLAT: LaborType = { ...usual, word: 'emergency', productId: EMERGENCY.id, prepaid: { times: 1.5 } };

export const LABOR: readonly LaborType[] = [REMOTE, PREMIUM, FLAT];

type Press = (
  technician: Technician,
  formId: string,
  twice: boolean,
  withinMs?: number,
  amend?: (work: Work) => Work,
) => Promise<void>;

/** Prepares and confirms a piece of work, twice at once now and then. */
export type Prepare = (technician: Technician, number: TicketNumber, words: string, twice: boolean) => Promise<void>;

export type MoreWork = {
  /** A bill with any labor, invoiced now or later, or not billed at all where a contract speaks against it. */
  readonly charge: Prepare;
  /** Work that nobody is asked to pay for. */
  readonly free: Prepare;
  /** Something of one's own on the ticket is put right, or taken away. */
  readonly correct: Prepare;
  /** A ticket that was made twice goes. */
  readonly remove: Prepare;
};

type MoreDeps = {
  readonly others: Random;
  readonly billing: Billing;
  readonly correcting: Correcting;
  readonly deletion: Deletion;
  readonly opened: OpenedForms;
  readonly press: Press;
  /** Called when a person has read the warnings of a preview and goes on. */
  readonly onGoOn: (formId: string, plan: BillPlan) => void;
  /** Called when somebody looks at what they are about to change. */
  readonly onChange: (number: number, target: Target | null) => void;
};

/** How people do what the app can do since it knows recurring invoices, contracts and corrections. */
export const createMoreWork = (deps: MoreDeps): MoreWork => {
  const { others, billing, correcting, deletion, opened, press, onGoOn, onChange } = deps;

  const sayWhy: Press = (technician, formId, twice, withinMs) =>
    press(technician, formId, twice, withinMs, withReason(reasonText('goodwill', '')));

  const choiceOf = (comment: string): BillChoice => ({
    ...{ workedMinutes: 45, comment, labor: others.pick(LABOR) },
    audience: others.pick(['email', 'portal', 'internal']),
    invoice: others.chance(0.75) ? 'later' : 'now',
  });

  const correction = (target: Target): CorrectChoice =>
    others.chance(0.3)
      ? { remove: true }
      : {
          ...{ remove: false, minutes: others.pick([30, 60, 90]), wish: null },
          labor: target.of === 'line' && others.chance(0.4) ? others.pick(LABOR) : null,
          text: others.chance(0.5) ? `${textOf(target)} – put right` : null,
        };

  return {
    charge: async (technician, number, comment, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      const choice = choiceOf(comment);
      let preview = await billing.preview(technician, formId, choice);
      const wishes = preview.pricing.choices.flatMap((one) => ('wish' in one ? [one.wish] : []));
      if (wishes.length > 0 && others.chance(0.4))
        preview = await billing.preview(technician, formId, { ...choice, wish: others.pick(wishes) });
      const isFree = preview.plan.warnings.some(({ kind }) => kind === 'contract_not_billable');
      if (isFree && others.chance(0.5)) {
        await billing.previewNotBillable(technician, formId, choice, null);
        await sayWhy(technician, formId, twice);
        return;
      }
      onGoOn(formId, preview.plan);
      await press(technician, formId, twice);
    },
    free: async (technician, number, comment, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      await billing.previewNotBillable(technician, formId, choiceOf(comment), null);
      await sayWhy(technician, formId, twice);
    },
    correct: async (technician, number, _words, twice) => {
      const { own } = await correcting.list(technician, number);
      if (own.length === 0) throw new AppError('stale', 'nothing of theirs is left');
      const target = others.pick(own);
      const formId = await opened.open(technician, { ticketNumber: number, draft: { target: keyOf(target) } });
      await correcting.preview(technician, formId, correction(target));
      onChange(number, target);
      await press(technician, formId, twice, 60_000);
    },
    remove: async (technician, number, _words, twice) => {
      const formId = await opened.open(technician, { ticketNumber: number });
      const { touches } = await deletion.look(technician, formId);
      // They read why it stays.
      if (touches.length > 0) return;
      onChange(number, null);
      await press(technician, formId, twice, 60_000);
    },
  };
};
