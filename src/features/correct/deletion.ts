import type { OpenedForms } from '../../runs/opened-forms.ts';
import { type Contents, type Touch, touchesBy } from '../../runs/rules/deletion.ts';
import { type Work, workOn } from '../../runs/rules/work.ts';
import { AppError } from '../../shared/errors.ts';
import { formatMoney, roundCents, sumCents } from '../../shared/money.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { SyncroReads } from '../../syncro/ports.ts';
import type { Ticket, TicketNumber } from '../../syncro/ticket.ts';
import { readAllComments } from '../../syncro/ticket-comments.ts';
import { readInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, readTicketBeside } from '../tickets/find-ticket.ts';

export type DeletionDeps = FindDeps & {
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'comments' | 'invoices' | 'invoice'>;
  readonly identity: Identity;
  readonly opened: OpenedForms;
  readonly lists: Pick<AccountLists, 'people'>;
  readonly clock: Clock;
  /** Whose timers hold minutes of this ticket that nobody billed or logged, by name. */
  readonly timersOn: (number: TicketNumber) => Promise<readonly string[]>;
};

/** What goes with a ticket, as far as it can be seen. */
type Lost = {
  readonly comments: number;
  readonly lines: number;
  readonly linesCents: number;
  readonly timeEntries: number;
};

export type DeletionPreview = {
  readonly ticket: Ticket;
  readonly lost: Lost;
  /** Why it is not deleted; none: it may be. */
  readonly touches: readonly Touch[];
  readonly timersOf: readonly string[];
  readonly author: Author;
};

const lostOf = ({ ticket, comments }: Contents): Lost => ({
  comments: comments.length,
  lines: ticket.lineItems.length,
  linesCents: roundCents(sumCents(ticket.lineItems)),
  timeEntries: ticket.timers.length,
});

const count = (number: number, one: string, several = `${one}s`): string =>
  `${number === 0 ? 'no' : number} ${number === 1 ? one : several}`;

/** `2 comments, 1 line ($112.50), no time entries` */
export const lostText = ({ comments, lines, linesCents, timeEntries }: Lost): string =>
  [
    count(comments, 'comment'),
    `${count(lines, 'line')}${lines > 0 ? ` (${formatMoney(linesCents)})` : ''}`,
    count(timeEntries, 'time entry', 'time entries'),
  ].join(', ');

const deletionWork = ({ ticket, comments }: Contents, author: Work['author']): Work => {
  const { subject, customerName, status } = ticket;
  return {
    kind: 'delete',
    ...workOn(ticket, author),
    known: {
      commentIds: comments.map(({ id }) => id),
      lineItemIds: ticket.lineItems.map(({ id }) => id),
      invoiceIds: [],
      timerIds: ticket.timers.map(({ id }) => id),
    },
    note: `"${subject}", ${customerName}, ${status}: ${lostText(lostOf({ ticket, comments, invoices: [] }))}`,
    actions: [{ kind: 'ticket_delete', ticketId: ticket.id }, { kind: 'verify_change' }],
  };
};

/** Deleting a ticket that was made twice. */
export const createDeletion = (deps: DeletionDeps) => {
  const { reads, identity, opened, lists, clock } = deps;

  /** @throws AppError not_allowed */
  const mustBeAdmin = ({ role }: Technician): void => {
    if (role !== 'admin') throw new AppError('not_allowed', 'Only an admin of this app can delete a ticket.');
  };

  return {
    mustBeAdmin,

    /** Reads all that is on the ticket; what may be deleted is then ready to be confirmed. @throws AppError */
    look: async (technician: Technician, formId: string): Promise<DeletionPreview> => {
      mustBeAdmin(technician);
      const form = await opened.toPreview(technician, formId);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const number = form.ticketNumber;
      const [[ticket, [comments, invoices]], timersOf] = await Promise.all([
        readTicketBeside(deps, caller, number, ({ id }) =>
          Promise.all([readAllComments(reads, caller, id), readInvoices(reads, caller, id)]),
        ),
        deps.timersOn(number),
      ]);
      const contents: Contents = { ticket, comments, invoices };
      const people = await lists.people(
        caller,
        [...ticket.lineItems, ...ticket.timers].map(({ technicianId }) => technicianId),
      );
      const touches = touchesBy(
        contents,
        author.id,
        (wanted) => people.find(({ id }) => id === wanted)?.name ?? `Syncro user ${wanted}`,
      );
      if (touches.length === 0 && timersOf.length === 0)
        await opened.keepPreview(form, deletionWork(contents, author), readAt);
      return { ticket, lost: lostOf(contents), touches, timersOf, author };
    },
  };
};

export type Deletion = ReturnType<typeof createDeletion>;
