import type { Caller, SyncroReads } from './ports.ts';
import { readSome } from './read-pages.ts';

/** A contact of the customer is looked for on so many pages. */
const MOST_PAGES = 40;

/**
 * Where Syncro mails what is written on a new ticket: to its contact, else to the customer; and whether it is told not to
 * mail this customer.
 * @returns `emailTo: null`: neither has an address
 * @throws AppError
 */
export const readMailAddress = async (
  reads: Pick<SyncroReads, 'customer' | 'contacts'>,
  caller: Caller,
  customerId: number,
  contactId: number | null,
): Promise<{ readonly emailTo: string | null; readonly noEmail: boolean }> => {
  const [customer, contacts] = await Promise.all([
    reads.customer(caller, customerId),
    contactId === null
      ? []
      : readSome(
          MOST_PAGES,
          (page) => reads.contacts(caller, { customerId, page }),
          (rows) => rows.some(({ id }) => id === contactId),
        ),
  ]);
  return { emailTo: contacts.find(({ id }) => id === contactId)?.email ?? customer.email, noEmail: customer.noEmail };
};
