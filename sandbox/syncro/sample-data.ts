import { iso } from './fields.ts';
import { sampleProducts, sampleSettings, sampleUsers } from './sample-account.ts';
import { sampleContracts, sampleSchedules } from './sample-agreements.ts';
import { sampleContacts, sampleCustomers } from './sample-customers.ts';
import { fillerStories } from './sample-filler.ts';
import { namedStories } from './sample-story.ts';
import { tell } from './sample-tickets.ts';
import type { SyncroState } from './state.ts';

/** `full`: 40 customers, 120 tickets, a contract, a recurring invoice. `tiny`: only what screens and tests name. */
export type SampleSize = 'full' | 'tiny';

/** The sample account: the same on every run, its dates counted back from `now` (ms since 1970). */
export const sampleData = (now: number, size: SampleSize = 'full'): SyncroState => {
  const at = iso(now - 400 * 86_400_000);
  const state: SyncroState = {
    settings: sampleSettings(),
    users: sampleUsers(),
    customers: sampleCustomers(at, size === 'tiny'),
    contacts: sampleContacts(at),
    products: sampleProducts(),
    tickets: [],
    comments: [],
    lines: [],
    timers: [],
    invoices: [],
    invoiceLines: [],
    // Of customers that the small account lacks.
    contracts: size === 'tiny' ? [] : sampleContracts(now),
    schedules: size === 'tiny' ? [] : sampleSchedules(now),
    outbox: [],
    next: { id: 55_000_000, ticketId: 108_443_900, ticketNumber: 32_167, invoiceNumber: 70_000 },
  };
  const plain = state.customers.slice(11).map((customer) => customer.id);
  const stories = size === 'tiny' ? namedStories : [...namedStories, ...fillerStories(namedStories, plain)];
  for (const story of stories.toSorted((a, b) => a.number - b.number)) tell(state, story, now);
  // Its id is another invoice's number: GET /invoices/69987 opens this one.
  const trap = state.invoices.find((invoice) => invoice.number === '69988');
  if (trap) {
    for (const line of state.lines) if (line.invoice_id === trap.id) line.invoice_id = 69_987;
    for (const line of state.invoiceLines) if (line.invoice_id === trap.id) line.invoice_id = 69_987;
    trap.id = 69_987;
  }
  return state;
};
