import type { AskedFor, Suggest, Suggestions } from '../../../slack/asked.ts';
import { option } from '../../../slack/blocks.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import { customerOptions, NOBODY } from '../../customers/slack/customer-options.ts';
import type { SuggestedCustomers } from '../../customers/suggest-customers.ts';
import { candidatesOf } from './create-draft.ts';
import type { CreateUse } from './use.ts';

const says = (text: string): Suggestions => ({ options: [option(text, NOBODY)] });

const suggestions = (suggested: SuggestedCustomers): Suggestions => {
  switch (suggested.result) {
    case 'found':
      return { options: customerOptions(suggested.customers, suggested.alike) };
    case 'unanswered':
      return says("Syncro isn't answering; try again in a moment");
    case 'no_key':
      return says('Connect your Syncro account first');
  }
};

/** Those whom the text that the form was opened with could mean. */
const candidatesFor = async (
  { use, technician }: Pick<AskedFor<CreateUse>, 'use' | 'technician'>,
  formId: string,
): Promise<readonly CustomerSummary[]> => {
  const form = await use.opened.own(technician, formId).catch(() => null);
  const known = await Promise.all(candidatesOf(form?.draft ?? {}).map((id) => use.creating.remembered(id)));
  return known.filter((customer) => customer !== null);
};

/** While somebody chooses a customer: whoever could be meant first, then everybody. */
export const suggestCustomers: Suggest<CreateUse> = async ({ deps, use, technician, formId }, query) => {
  try {
    if (query.trim() === '' && formId !== null) {
      const candidates = await candidatesFor({ use, technician }, formId);
      if (candidates.length > 0) return { options: customerOptions(candidates) };
    }
    return suggestions(await use.suggestCustomers(technician, query));
  } catch (error) {
    deps.log.error({ err: error }, 'customers could not be suggested');
    return says('Something went wrong on our side; try again in a moment');
  }
};
