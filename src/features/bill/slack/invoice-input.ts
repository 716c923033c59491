import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { Later } from '../../../runs/rules/bill-plan.ts';
import { dayText } from '../../../runs/slack/words.ts';
import { option } from '../../../slack/blocks.ts';
import { INVOICE_WHEN, type InvoiceWhen } from '../later.ts';

export type InvoiceChoice = { readonly later: Later; readonly preset: InvoiceWhen };

/** `Now`, or `Later: Dec 1`. @param actionId tells the app of each choice */
export const invoiceInput = ({ later, preset }: InvoiceChoice, actionId?: string): InputBlock => {
  const words = { now: 'Now', later: later.by === 'schedule' ? `Later: ${dayText(later.day)}` : 'Later' };
  const options = INVOICE_WHEN.map((when) => option(words[when], when));
  const initial = options.find(({ value }) => value === preset);
  return {
    type: 'input',
    block_id: 'invoice',
    ...(actionId ? { dispatch_action: true } : {}),
    label: { type: 'plain_text', text: 'Invoice' },
    element: {
      type: 'radio_buttons',
      action_id: actionId ?? 'invoice',
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
};

const isWhen = (value: string): value is InvoiceWhen => INVOICE_WHEN.some((when) => when === value);

/** Not chosen: the preview takes what the customer's recurring invoice and the settings say. */
export const invoiceField = z
  .string()
  .optional()
  .transform((value) => (value !== undefined && isWhen(value) ? value : null));
