import type { InputBlock } from '@slack/types';
import { z } from 'zod';
import type { Later } from '../../../runs/rules/bill-plan.ts';
import { dayText } from '../../../runs/slack/words.ts';
import { radioInput } from '../../../slack/forms/select-input.ts';
import { INVOICE_WHEN, type InvoiceWhen } from '../later.ts';

export type InvoiceChoice = { readonly later: Later; readonly preset: InvoiceWhen };

/** `Now`, or `Later: Dec 1`. @param actionId tells the app of each choice */
export const invoiceInput = ({ later, preset }: InvoiceChoice, actionId?: string): InputBlock => {
  const words = { now: 'Now', later: later.by === 'schedule' ? `Later: ${dayText(later.day)}` : 'Later' };
  const choices = INVOICE_WHEN.map((value) => ({ text: words[value], value }));
  return radioInput({ field: 'invoice', label: 'Invoice', choices, preset, ...(actionId ? { actionId } : {}) });
};

const isWhen = (value: string): value is InvoiceWhen => INVOICE_WHEN.some((when) => when === value);

/** Not chosen: the preview takes what the customer's recurring invoice and the settings say. */
export const invoiceField = z
  .string()
  .optional()
  .transform((value) => (value !== undefined && isWhen(value) ? value : null));
