import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import type { InvoiceSummary } from '../../syncro/invoice.ts';
import type { Comment, Ticket } from '../../syncro/ticket.ts';
import type { SeenIds } from './bill-plan.ts';

/** Something on a ticket because of which it is not deleted. */
export type Touch =
  | {
      readonly kind: 'comment' | 'line' | 'time_entry';
      readonly id: number;
      /** `null`: Syncro names nobody; a comment may then be the customer's. */
      readonly by: string | null;
    }
  | { readonly kind: 'invoice'; readonly id: number; readonly number: string; readonly totalCents: number }
  | { readonly kind: 'unread'; readonly id: number | null };

export type Contents = {
  readonly ticket: Ticket;
  /** All of them: those that the ticket carries may be cut. */
  readonly comments: readonly Comment[];
  readonly invoices: readonly InvoiceSummary[];
};

type NameOf = (syncroUserId: number) => string;

/** What somebody else than this Syncro user left on the ticket, or may have left; none: it is theirs alone. */
export const touchesBy = (
  { ticket, comments, invoices }: Contents,
  own: number,
  nameOf: NameOf = (id) => `Syncro user ${id}`,
): readonly Touch[] => [
  ...invoices.map(({ id, number, totalCents }): Touch => ({ kind: 'invoice', id, number, totalCents })),
  ...comments
    .filter(({ authorId }) => authorId !== own)
    .map(
      ({ id, authorId, authorName }): Touch => ({
        kind: 'comment',
        id,
        by: authorName ?? (authorId === null ? null : nameOf(authorId)),
      }),
    ),
  ...(['line', 'time_entry'] as const).flatMap((kind) =>
    (kind === 'line' ? ticket.lineItems : ticket.timers)
      .filter(({ technicianId }) => technicianId !== own)
      .map(({ id, technicianId }): Touch => ({ kind, id, by: technicianId === null ? null : nameOf(technicianId) })),
  ),
  ...ticket.unread.map(({ id }): Touch => ({ kind: 'unread', id })),
];

/** What was not there when it was decided, whoever wrote it: nobody was told that it would be lost. */
export const addedTo = (
  { ticket, comments }: Contents,
  known: SeenIds,
  { name }: { readonly name: string },
): readonly Touch[] => {
  const added = (
    kind: 'comment' | 'line' | 'time_entry',
    rows: ReadonlyArray<{ readonly id: number }>,
    seen: readonly number[],
  ) => rows.filter(({ id }) => !seen.includes(id)).map(({ id }): Touch => ({ kind, id, by: name }));
  return [
    ...added('comment', comments, known.commentIds),
    ...added('line', ticket.lineItems, known.lineItemIds),
    ...added('time_entry', ticket.timers, known.timerIds ?? []),
  ];
};

const WHAT = { comment: 'a comment', line: 'a line', time_entry: 'a time entry' } as const;

export const touchText = (touch: Touch): string => {
  switch (touch.kind) {
    case 'invoice':
      return `It has invoice #${shorten(touch.number, 40)}, ${formatMoney(touch.totalCents)}.`;
    case 'unread':
      return "Part of it can't be read.";
    default: {
      const { kind, by } = touch;
      if (by !== null) return `It has ${WHAT[kind]} by ${shorten(by, 80)}.`;
      return `It has ${WHAT[kind]} without an author${kind === 'comment' ? ": it may be the customer's" : ''}.`;
    }
  }
};
