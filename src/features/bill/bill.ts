import { roundingOf } from '../../shared/labor.ts';
import { type Feature, onNumber, type Rows, withUse, writes } from '../../slack/feature.ts';
import { type TicketForms, ticketForms } from '../tickets/ports.ts';
import { numberOf } from '../tickets/slack/on-ticket.ts';
import type { OpenForm } from '../tickets/slack/ticket-form.ts';
import { createLaborRates } from './labor-rates.ts';
import { type LastChoiceDeps, mostUsedFirst, readLastChoice } from './last-choice.ts';
import { type BillDeps, createBilling } from './prepare.ts';
import { createRecentProducts, type RecentProductDeps } from './recent-products.ts';
import { againCommand, billCommand, draftOf } from './slack/command.ts';
import { type BillDraft, billForm, billFormButtons } from './slack/form.ts';
import { invoiceButtons, invoiceForms } from './slack/invoice.ts';
import { NOT_BILLABLE_PREVIEW, notBillableButtons, notBillableForms } from './slack/not-billable.ts';
import { BILL_AUDIENCE, BILL_BACK, BILL_INVOICE, BILL_PREVIEW, billPreview } from './slack/preview.ts';
import { PRICE_ACTIONS } from './slack/price-words.ts';
import type { BillUse } from './slack/use.ts';

/** Takes a ticket to a checked invoice, with new work or with what is charged on it already. */
export const billRows: Rows<BillUse> = {
  commands: [billCommand, againCommand],
  buttons: {
    // Whoever clicks taps minutes and labor, and only types the comment.
    'bill:open': writes(
      (pressed) => billForm.open(pressed, numberOf(pressed.value), {}, { focus: 'comment' }),
      onNumber('bill'),
    ),
    [BILL_BACK]: writes(billForm.back),
    [BILL_AUDIENCE]: writes(billPreview.chooseHere),
    [BILL_INVOICE]: writes(billPreview.chooseHere),
    ...Object.fromEntries(PRICE_ACTIONS.map((id) => [id, writes(billPreview.choose)])),
    ...billFormButtons,
    ...billForm.buttons,
    ...invoiceButtons,
    ...notBillableButtons,
  },
  forms: { ...billPreview.forms, ...invoiceForms, ...notBillableForms },
  closed: { ...billForm.closed, [BILL_PREVIEW]: billForm.close, [NOT_BILLABLE_PREVIEW]: billForm.close },
};

type Deps = Omit<BillDeps, 'product' | 'rates'> &
  RecentProductDeps &
  LastChoiceDeps &
  TicketForms &
  Pick<BillUse, 'confirmForm'>;

export const createBill = (
  deps: Deps,
): Feature & { readonly openForm: OpenForm<BillDraft>; readonly draftOf: typeof draftOf } => {
  const rates = createLaborRates(deps.reads, deps.clock);
  const use: BillUse = {
    rates,
    rounds: [{}, ...deps.labor].some((labor) => {
      const { roundUpToMinutes, minimumMinutes } = roundingOf(labor, deps.policy);
      return roundUpToMinutes > 1 || minimumMinutes > 0;
    }),
    asksWhen: deps.policy.businessHours !== 'off' && deps.labor.some(({ afterHours }) => afterHours),
    mostUsedFirst: (technician, labor) => mostUsedFirst(deps, technician, labor),
    ...ticketForms(deps),
    confirmForm: deps.confirmForm,
    lastChoice: (technician, labor) => readLastChoice(deps, technician, labor),
    billing: createBilling({ ...deps, rates, product: createRecentProducts(deps) }),
  };
  return {
    rows: withUse(use, billRows),
    openForm: (asked, ...form) => billForm.open({ ...asked, use }, ...form),
    draftOf,
  };
};
