import type { TicketId } from './ticket.ts';

export type InvoiceSummary = {
  readonly id: number;
  /** What the customer reads on paper; Syncro sends a string. */
  readonly number: string;
  readonly ticketId: TicketId | null;
  readonly totalCents: number;
  /** Tax within the total; 0 when Syncro does not say. */
  readonly taxCents: number;
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
  readonly quantityHundredths: number;
  readonly rateCents: number;
  readonly taxable: boolean;
};

export type Invoice = InvoiceSummary & { readonly lines: readonly InvoiceLine[] };
