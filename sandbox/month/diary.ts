import type { Price, Word } from './price-list.ts';
import type { Customer } from './shop.ts';

export type Colleague = { readonly id: string; readonly name: string; readonly syncroUserId: number };

/**
 * What became of an hour, as far as people know. `waits`: its line is on the ticket, for whoever invoices it next.
 * `removed`: a person took the line out again, and billed the hour anew.
 */
export type End = 'waits' | 'invoiced' | 'not billable' | 'removed';

/** A piece of work as the person who did it would tell of it. */
export type Work = {
  readonly id: number;
  readonly ticket: number;
  readonly customer: Customer;
  readonly by: Colleague;
  readonly minutes: number;
  readonly text: string;
  readonly audience: string;
  /** What its line reads; a customer does not read what was internal. */
  description: string;
  word: Word;
  /** `null`: it has no line. */
  price: Price | null;
  end: End;
  /** The recurring invoice that was to take it; `null`: nobody said that one would. */
  promised: string | null;
  /** That one took it, or was due and left it. */
  followed: 'taken' | 'left' | null;
  /** Why it is not billable. */
  reason: string | null;
  /** A logged entry was charged: it has no comment. */
  readonly logged: boolean;
};

/** What people of the shop remember of their month. */
export type Diary = {
  readonly works: Work[];
  /** Who made an invoice of which ticket. */
  readonly invoices: Array<{ readonly ticket: number; readonly by: Colleague }>;
  /** Hours of each customer's block, by the customer's id. */
  readonly blocks: Map<number, number>;
  /** What somebody saw that was not right. */
  readonly problems: string[];
  readonly counts: Map<string, number>;
};

export const openDiary = (): Diary => ({ works: [], invoices: [], blocks: new Map(), problems: [], counts: new Map() });

export const count = ({ counts }: Diary, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

export const nameOf = ({ id, ticket, customer, by }: Work): string =>
  `work ${id} on #${ticket} (${customer.kind}) by ${by.name}`;

export const waitingOn = ({ works }: Diary, ticket: number): readonly Work[] =>
  works.filter((work) => work.ticket === ticket && work.end === 'waits');

/** The block pays what it has. */
const debit = ({ blocks }: Diary, { customer, price, word }: Work): void => {
  const block = blocks.get(customer.id) ?? 0;
  if (!price || word === 'project') return;
  // As Syncro counts them: to four decimals.
  blocks.set(customer.id, Math.round(Math.max(0, block - price.hours) * 10_000) / 10_000);
};

/** An invoice took these. */
export const invoiced = (diary: Diary, works: readonly Work[]): void => {
  for (const work of works) {
    work.end = 'invoiced';
    debit(diary, work);
  }
};

/** Somebody made an invoice of the ticket: it takes everything that waited there. */
export const invoicedTicket = (diary: Diary, ticket: number, by: Colleague): void => {
  diary.invoices.push({ ticket, by });
  invoiced(diary, waitingOn(diary, ticket));
};

export const dollars = (value: number): string => value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** 1 -> `1.0`, 0.3333 -> `0.3333`. */
export const hoursText = (hours: number): string => hours.toFixed(4).replace(/0{1,3}$/, '');
