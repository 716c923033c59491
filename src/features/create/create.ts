import type { Asked } from '../../slack/asked.ts';
import { command, type Feature, type Rows, understood, withUse } from '../../slack/feature.ts';
import { createCustomerSuggestions, type SuggestDeps } from '../customers/suggest-customers.ts';
import { type CreateDeps, createCreating } from './prepare.ts';
import { createButtons, createClosed } from './slack/buttons.ts';
import type { NewTicket } from './slack/create-draft.ts';
import { createForms } from './slack/create-submit.ts';
import { newCustomerForms } from './slack/new-customer.ts';
import { openCreateForm } from './slack/open-create.ts';
import { suggestCustomers } from './slack/suggest-customers.ts';
import type { CreateUse } from './slack/use.ts';

/** Makes a new ticket. */
export const createRows: Rows<CreateUse> = {
  commands: [
    command({
      name: 'create',
      usage: 'create [<customer> <subject>]',
      does: 'a new ticket; a name of several words in quotes: "Acme West" printer jams',
      example: 'create "Acme West" printer jams',
      writes: true,
      parse: (_words, text) => understood({ text }),
      run: (asked: Asked<CreateUse>, { text }) => openCreateForm(asked, { text }),
    }),
  ],
  buttons: createButtons,
  forms: { ...createForms, ...newCustomerForms },
  closed: createClosed,
  typeaheads: { customer: suggestCustomers },
};

export type OpenCreateForm = (asked: Asked, wanted: NewTicket, viewId?: string) => Promise<void>;

type Deps = CreateDeps & SuggestDeps & Omit<CreateUse, 'creating' | 'suggestCustomers'>;

export const createCreate = (deps: Deps): Feature & { readonly openForm: OpenCreateForm } => {
  const { opened, confirmForm, getRun, decideRun, openCommentForm } = deps;
  const use: CreateUse = {
    ...{ opened, confirmForm, getRun, decideRun, openCommentForm },
    creating: createCreating(deps),
    suggestCustomers: createCustomerSuggestions(deps),
  };
  return {
    rows: withUse(use, createRows),
    openForm: (asked, ...form) => openCreateForm({ ...asked, use }, ...form),
  };
};
