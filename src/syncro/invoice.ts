import type { TicketId } from './ticket.ts';

export type InvoiceSummary = {
  readonly id: number;
  /** What the customer reads on paper; Syncro sends a string. */
  readonly number: string;
  readonly ticketId: TicketId | null;
  /** `null`: Syncro does not say. */
  readonly customerId: number | null;
  readonly totalCents: number;
  /** Tax within the total; `null`: Syncro does not say. */
  readonly taxCents: number | null;
  readonly paid: boolean;
  readonly createdAt: number | null;
  readonly technicianId: number | null;
};

export type InvoiceLine = {
  readonly id: number;
  readonly productId: number | null;
  /** The product's name (Syncro's field `item`). */
  readonly name: string;
  /** Our text (Syncro's field `name`). */
  readonly description: string;
  /** A text between the lines has neither quantity nor price. */
  readonly quantityHundredths: number | null;
  readonly rateCents: number | null;
  readonly taxable: boolean;
  /** Hours of labor are what a prepaid block pays, and nothing else is. */
  readonly labor?: boolean;
  /** It costs less than quantity times rate, Syncro knows by how much. */
  readonly discounted?: boolean;
};

export type Invoice = InvoiceSummary & {
  readonly lines: readonly InvoiceLine[];
  /** What could be read of each line that is not among them because it can't be read; may be empty. */
  readonly unread?: readonly string[];
};
