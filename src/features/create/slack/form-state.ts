import type { Technician } from '../../../shared/technician.ts';
import type { Links } from '../../../slack/links.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { CustomerSummary } from '../../../syncro/customer.ts';
import type { Author } from '../../../syncro/identity.ts';
import type { CreateLists, CustomerFacts } from '../read-create-form.ts';
import type { OpenedCreateDraft } from './create-draft.ts';

/** What is read while the form is open; `null`: not yet. */
export type CreateFormReading = {
  readonly lists: CreateLists | null;
  readonly facts: CustomerFacts | null;
  readonly author: Author | null;
  /** Why something could not be read. */
  readonly problem: Reply | null;
};

export type CreateFormState = CreateFormReading & {
  readonly formId: string;
  readonly me: Technician;
  readonly draft: OpenedCreateDraft;
  readonly customer: CustomerSummary | null;
  /** Others of that name, to tell the customer apart from. */
  readonly alike: readonly CustomerSummary[];
  readonly links: Links;
  readonly now: number;
};
