import type { OpenedForms } from '../../runs/opened-forms.ts';
import { basisOf } from '../../runs/rules/basis.ts';
import { type EqualComment, equalComment } from '../../runs/rules/preview-warnings.ts';
import type { Run } from '../../runs/rules/run.ts';
import { checkAuthor } from '../../runs/rules/seen-author.ts';
import type { Action } from '../../runs/rules/step.ts';
import { NOTHING_SEEN, RESOLUTION, type Work, workOn } from '../../runs/rules/work.ts';
import { type StartDeps, startRun } from '../../runs/start-run.ts';
import { AppError } from '../../shared/errors.ts';
import { roundCents, sumCents } from '../../shared/money.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Audience } from '../../syncro/audience.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import { commentIdsOf, mailAddress, type Ticket, type TicketId, type TicketNumber } from '../../syncro/ticket.ts';
import { readFullInvoices } from '../../syncro/ticket-invoices.ts';
import { type FindDeps, readTicket, readTicketBeside } from '../tickets/find-ticket.ts';
import type { ListedTimer } from '../tickets/open-list.ts';
import type { PromisedCharges } from '../tickets/ports.ts';
import { type Unbilled, unbilledOf, uninvoicedLines } from '../tickets/unbilled.ts';
import { type SinceOpened, seenOf, sinceOpened } from './since-opened.ts';

export type CloseDeps = FindDeps & {
  readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'invoices' | 'invoice'>;
  readonly promised: PromisedCharges;
  readonly identity: Identity;
  readonly opened: OpenedForms;
  readonly lists: AccountLists;
  readonly starting: StartDeps;
  /** The technician's timers whose minutes nobody has billed or logged. */
  readonly timers: (technician: Technician) => Promise<readonly ListedTimer[]>;
  /** The status of a closed ticket, as the settings spell it. */
  readonly closeAs: string;
};

/** What stands over the form. */
export type CloseHeader = {
  readonly ticket: Ticket;
  readonly emailTo: string | null;
  /** As the account spells it. */
  readonly status: string;
  readonly isClosed: boolean;
  readonly unbilled: readonly Unbilled[];
  readonly author: Author;
  /** A comment like the resolution that is in the form already. */
  readonly equal: EqualComment | null;
};

export type CloseChoice = {
  /** `null`: no comment. */
  readonly resolution: string | null;
  readonly audience: Audience;
};

export type Closed =
  | { readonly result: 'started'; readonly run: Run }
  /** It is closed already and there is no comment to post: nothing was sent. */
  | { readonly result: 'nothing'; readonly status: string }
  /** Nothing was sent: the person has not seen it as it is now. */
  | ({ readonly result: 'changed' } & SinceOpened);

export const createClosing = (deps: CloseDeps) => {
  const { identity, lists, opened, starting, closeAs } = deps;

  /** Without readable invoices more counts as unbilled, which is only a warning here. */
  const invoicesOf = (caller: Caller, id: TicketId) =>
    readFullInvoices(deps.reads, caller, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'unreadable') return [];
      throw error;
    });

  /** @throws AppError stale: the settings name a status that the account does not have */
  const closingStatus = async (caller: Caller): Promise<string> => {
    const { statuses } = await lists.ticketSettings(caller);
    const status =
      statuses.find((one) => one === closeAs) ??
      statuses.find((one) => one.trim().toLowerCase() === closeAs.trim().toLowerCase());
    if (status === undefined)
      throw new AppError(
        'stale',
        `This Syncro account has no status "${closeAs}" to close a ticket with. Ask your admin to set tickets.close_as to one of: ${statuses.join(', ')}.`,
      );
    return status;
  };

  const clocksOn = async (technician: Technician, number: TicketNumber) =>
    (await deps.timers(technician)).filter(({ timer }) => timer.ticketNumber === number);

  /** Of a ticket with lines that are not flagged as invoiced, the invoices tell; it is closed whether they do or not. */
  const uninvoicedCents = async (caller: Caller, ticket: Ticket): Promise<number> => {
    const { days, taken } = await deps.promised.on(ticket.id);
    if (uninvoicedLines(ticket, [], taken).length === 0) return 0;
    const invoices = await invoicesOf(caller, ticket.id).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
    if (!invoices) return 0;
    return roundCents(sumCents(uninvoicedLines(ticket, invoices, taken).filter(({ id }) => !days.has(id))));
  };

  const work = (ticket: Ticket, author: Author, status: string, { resolution, audience }: CloseChoice): Work => {
    const { id } = ticket;
    const comment: readonly Action[] =
      resolution === null ? [] : [{ kind: 'comment', ticketId: id, subject: RESOLUTION, body: resolution, audience }];
    const update: readonly Action[] =
      ticket.status === status ? [] : [{ kind: 'ticket_update', ticketId: id, fields: { status } }];
    return {
      kind: 'close',
      ...workOn(ticket, author),
      known: { ...NOTHING_SEEN, commentIds: commentIdsOf(ticket) },
      basis: basisOf(ticket),
      emailTo: audience === 'email' ? mailAddress(ticket) : null,
      actions: [...comment, ...update],
    };
  };

  return {
    /** Reads the ticket and what nobody has billed on it. @throws AppError not_found, no_key, stale */
    header: async (technician: Technician, number: TicketNumber, formId?: string): Promise<CloseHeader> => {
      const { caller, author } = await identity.writer(technician, 'person');
      const [[ticket, invoices], status, timers] = await Promise.all([
        readTicketBeside(deps, caller, number, ({ id }) => invoicesOf(caller, id)),
        closingStatus(caller),
        clocksOn(technician, number),
      ]);
      const unbilled = unbilledOf(ticket, invoices, timers, await deps.promised.on(ticket.id));
      const { resolution = '' } = (formId !== undefined && (await opened.own(technician, formId)).draft) || {};
      const equal = resolution.trim() === '' ? null : equalComment(ticket.comments, resolution, starting.clock.now());
      if (formId !== undefined) await opened.noteSeen(technician, formId, seenOf(ticket, resolution, equal));
      const isClosed = ticket.status === status;
      return { ticket, emailTo: mailAddress(ticket), status, isClosed, unbilled, author, equal };
    },

    /** @param authorId under whose name the form said that it sends
     * @throws AppError stale, busy, and what reading throws; then nothing was sent */
    close: async (
      technician: Technician,
      formId: string,
      choice: CloseChoice,
      authorId: number | null = null,
    ): Promise<Closed> => {
      const { number, seen } = await opened.onTicket(technician, formId);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = starting.clock.now();
      const [ticket, status] = await Promise.all([readTicket(deps, caller, number), closingStatus(caller)]);
      const cents = await uninvoicedCents(caller, ticket);
      // Pressed twice: the first press does it.
      const before = await starting.runs.byForm(formId);
      if (before) return { result: 'started', run: before };
      const next = work(ticket, author, status, choice);
      if (next.actions.length === 0) return { result: 'nothing', status };
      const since = seen && sinceOpened(seen, ticket, choice.resolution, starting.clock.now());
      if (since) return { result: 'changed', ...since };
      checkAuthor(authorId, author);
      const closing = cents > 0 ? { ...next, uninvoicedCents: cents } : next;
      return { result: 'started', run: await startRun(starting, technician, formId, closing, readAt) };
    },
  };
};

export type Closing = ReturnType<typeof createClosing>;
