import type { Asked } from '../../slack/asked.ts';
import { type Feature, onNumber, type Rows, withUse, writes } from '../../slack/feature.ts';
import { formOf } from '../../slack/pressed.ts';
import type { TicketNumber } from '../../syncro/ticket.ts';
import { type TicketForms, ticketForms } from '../tickets/ports.ts';
import { numberOf } from '../tickets/slack/typed-ticket.ts';
import { type LastChoiceDeps, readLastChoice } from './last-choice.ts';
import { type BillDeps, type BillUse, createBilling } from './prepare.ts';
import { createRecentProducts, type RecentProductDeps } from './recent-products.ts';
import { againCommand, billCommand } from './slack/command.ts';
import { type BillDraft, openBillForm, showBillFormAgain, type Where } from './slack/form.ts';
import { BILL_BACK, billForms } from './slack/preview.ts';

/** Takes a ticket to a checked invoice. */
export const billRows: Rows<BillUse> = {
  commands: [billCommand, againCommand],
  buttons: {
    'bill:open': writes((pressed) => openBillForm(pressed, numberOf(pressed.value), {}), onNumber('bill')),
    [BILL_BACK]: writes(async (pressed) => {
      const { formId, viewId } = formOf(pressed);
      await showBillFormAgain(pressed, formId, viewId);
    }),
  },
  forms: billForms,
};

export type OpenBillForm = (
  asked: Asked,
  number: TicketNumber,
  draft: Partial<BillDraft>,
  where?: Where,
) => Promise<void>;

type Deps = Omit<BillDeps, 'product'> & RecentProductDeps & LastChoiceDeps & TicketForms & Pick<BillUse, 'confirmForm'>;

export const createBill = (deps: Deps): Feature & { readonly openForm: OpenBillForm } => {
  const use: BillUse = {
    ...ticketForms(deps),
    confirmForm: deps.confirmForm,
    lastChoice: (technician, labor) => readLastChoice(deps, technician, labor),
    billing: createBilling({ ...deps, product: createRecentProducts(deps) }),
  };
  return {
    rows: withUse(use, billRows),
    openForm: (asked, ...form) => openBillForm({ ...asked, use }, ...form),
  };
};
