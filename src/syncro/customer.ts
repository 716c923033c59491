import type { Contact } from './ticket.ts';

export type CustomerSummary = {
  readonly id: number;
  /** Business name, else the person's name. */
  readonly name: string;
  /** The person behind a business name, when there is one. */
  readonly personName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly city: string | null;
};

export type Customer = CustomerSummary & {
  /** Hundredths of an hour left on the prepaid block; `null` or 0: no block. */
  readonly prepaidHundredths: number | null;
  readonly contacts: readonly Contact[];
  /** Syncro is told not to email this customer. */
  readonly noEmail: boolean;
};
