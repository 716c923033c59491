import type { Run } from '../../runs/rules/run.ts';
import type { Action } from '../../runs/rules/step.ts';
import { NOTHING_SEEN, type Work } from '../../runs/rules/work.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { NewCustomer } from '../../syncro/customers-like.ts';
import { NO_CUSTOMER, type TicketSummary } from '../../syncro/ticket.ts';
import { isSimilarSubject } from './similar-subject.ts';

/** What the person chose in the form; `null`: left to the account's and the shop's rules. */
export type CreateChoice = {
  /** `null`: one whom Syncro does not know yet. */
  readonly customerId: number | null;
  readonly newCustomer?: NewCustomer | null;
  readonly contactId: number | null;
  readonly subject: string;
  /** '' for none. */
  readonly description: string;
  readonly audience: Audience;
  readonly priority: string | null;
  readonly technicianId: number | null;
  readonly problemType: string | null;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string | null;
};

/** Not one of the subjects by which Syncro moves a ticket's status; it is what Syncro's own forms write. */
const INITIAL_ISSUE = 'Initial Issue';
const NEW = 'New';

/** "Normal" means "2 Normal" where the account numbers its priorities. */
export const matchPriority = (priorities: readonly string[], wanted: string): string | null => {
  const bare = (text: string) => text.replace(/^\d+\s*[-.:)]?\s*/, '').toLowerCase();
  return (
    priorities.find((priority) => priority === wanted) ??
    priorities.find((priority) => bare(priority) === bare(wanted)) ??
    null
  );
};

/** A new ticket's status: `New` only where the account has it, for Syncro stores any text. */
export const firstStatus = (statuses: readonly string[]): string | null =>
  statuses.find((status) => status === NEW) ?? statuses[0] ?? null;

/** Open tickets of the customer that may be about the same. */
export const similarTickets = (open: readonly TicketSummary[], subject: string): readonly TicketSummary[] =>
  open.filter((ticket) => isSimilarSubject(ticket.subject, subject));

export type CreateFacts = {
  readonly author: Run['author'];
  readonly customerName: string;
  /** Where an emailed description goes. */
  readonly emailTo: string | null;
  /** Syncro is told not to mail this customer. */
  readonly noEmail?: boolean;
  readonly status: string | null;
  readonly priority: string | null;
  readonly technician: { readonly id: number; readonly name: string };
  /** The customer's tickets as they are before. */
  readonly ticketIds: readonly number[];
  /** Those like a new customer, as they are before. */
  readonly customerIds?: readonly number[];
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
};

/** A name of one field: whether it is a business or a person, Syncro shows it the same. */
const customerAction = ({ name, phone, email }: NewCustomer): Action => ({
  kind: 'customer',
  businessName: name,
  ...(phone === null ? {} : { phone }),
  ...(email === null ? {} : { email }),
});

/**
 * What `Create` sends: one request, in which the description is the ticket's first comment; before it the customer, where
 * Syncro does not know that one yet.
 */
export const createWork = (choice: CreateChoice, facts: CreateFacts): Work => {
  const { customerId, newCustomer, contactId, subject, description, audience, problemType, dueDate } = choice;
  const { author, customerName, emailTo, status, priority, technician, ticketIds, customerIds = [], timeZone } = facts;
  const mails = description !== '' && audience === 'email';
  return {
    kind: 'create',
    author,
    ticket: { id: null, number: null, subject, customerId: customerId ?? NO_CUSTOMER, customerName },
    known: { ...NOTHING_SEEN, ticketIds, ...(newCustomer ? { customerIds } : {}) },
    emailTo: mails ? emailTo : null,
    ...(mails && facts.noEmail ? { noEmail: true as const } : {}),
    assignee: technician.name,
    actions: [
      ...(newCustomer ? [customerAction(newCustomer)] : []),
      {
        kind: 'ticket',
        customerId,
        fields: {
          subject,
          technicianId: technician.id,
          ...(status === null ? {} : { status }),
          ...(priority === null ? {} : { priority }),
          ...(problemType === null ? {} : { problemType }),
          ...(contactId === null ? {} : { contactId }),
          ...(dueDate === null ? {} : { dueDate, timeZone }),
        },
        firstComment: description === '' ? null : { subject: INITIAL_ISSUE, body: description, audience },
      },
    ],
  };
};
