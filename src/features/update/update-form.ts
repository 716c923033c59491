import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { TicketChange } from '../../runs/rules/purpose.ts';
import { checkAuthor } from '../../runs/rules/seen-author.ts';
import { dueDay } from '../../shared/calendar.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Author } from '../../syncro/identity.ts';
import type { Ticket, TicketNumber } from '../../syncro/ticket.ts';
import type { TicketFields } from '../../syncro/write.ts';
import { readTicket } from '../tickets/find-ticket.ts';
import { type ChangeSet, changeByForm } from './change-ticket.ts';
import { lacksInvoice, type UpdateDeps } from './update-status.ts';

type Deps = UpdateDeps & { readonly opened: OpenedForms };

/** What the form shows and offers. */
export type UpdateFacts = {
  readonly ticket: Ticket;
  /** `null`: nobody. */
  readonly technicianName: string | null;
  /** `YYYY-MM-DD` in the account's zone. */
  readonly due: string | null;
  /** The account's; `null`: not known. */
  readonly timeZone: string | null;
  readonly statuses: readonly string[];
  readonly priorities: readonly string[];
  readonly technicians: ReadonlyArray<{ readonly id: number; readonly name: string }>;
  readonly author: Author;
};

/** What was touched in the form; the rest stays as it is, whoever changed it meanwhile. */
export type UpdateWish = {
  readonly status?: string;
  readonly priority?: string;
  readonly technicianId?: number;
  readonly due?: string;
};

export type WrongUpdate = {
  readonly field: 'status' | 'priority' | 'technician';
  /** `gone`: the account does not have it any more. */
  readonly problem: 'unchanged' | 'no_invoice' | 'gone';
};

export type Saved =
  | { readonly result: 'started' }
  /** Nothing was sent. */
  | { readonly result: 'wrong'; readonly wrong: WrongUpdate };

const changeSet = (
  { ticket, technicianName, due, timeZone, technicians }: UpdateFacts,
  wish: UpdateWish,
): ChangeSet => {
  const changes: TicketChange[] = [];
  const fields: { -readonly [Field in keyof TicketFields]: TicketFields[Field] } = {};
  if (wish.status !== undefined && wish.status !== ticket.status) {
    fields.status = wish.status;
    changes.push({ field: 'status', from: ticket.status, to: wish.status });
  }
  if (wish.priority !== undefined && wish.priority !== ticket.priority) {
    fields.priority = wish.priority;
    changes.push({ field: 'priority', from: ticket.priority, to: wish.priority });
  }
  if (wish.technicianId !== undefined && wish.technicianId !== ticket.technicianId) {
    const to = technicians.find(({ id }) => id === wish.technicianId)?.name ?? '';
    fields.technicianId = wish.technicianId;
    changes.push({ field: 'technician', from: technicianName, to });
  }
  if (wish.due !== undefined && wish.due !== due) {
    fields.dueDate = wish.due;
    fields.timeZone = timeZone;
    changes.push({ field: 'due', from: due, to: wish.due });
  }
  return { fields, changes };
};

/** Offered from the account's lists a while ago; Syncro would store anything. */
const goneField = (facts: UpdateFacts, { status, priority, technicianId }: UpdateWish): WrongUpdate['field'] | null => {
  if (status !== undefined && !facts.statuses.includes(status)) return 'status';
  if (priority !== undefined && !facts.priorities.includes(priority)) return 'priority';
  if (technicianId !== undefined && !facts.technicians.some(({ id }) => id === technicianId)) return 'technician';
  return null;
};

/** The form for status, priority, technician and due date. */
export const createUpdateForm = (deps: Deps) => {
  const { identity, lists, opened, starting } = deps;

  const read = async (technician: Technician, number: TicketNumber) => {
    const { caller, author } = await identity.writer(technician, 'person');
    const readAt = starting.clock.now();
    const [ticket, { statuses, technicians }, { priorities, timeZone }] = await Promise.all([
      readTicket(deps, caller, number),
      lists.ticketSettings(caller),
      lists.settings(caller),
    ]);
    const due = ticket.dueAt === null ? null : dueDay(ticket.dueAt, timeZone);
    const technicianName = await lists.assignee(caller, ticket);
    const facts: UpdateFacts = { ticket, technicianName, due, timeZone, statuses, priorities, technicians, author };
    return { facts, caller, readAt };
  };

  return {
    /** @throws AppError not_found, no_key */
    facts: async (technician: Technician, number: TicketNumber): Promise<UpdateFacts> =>
      (await read(technician, number)).facts,

    /**
     * Sends what differs from what is in Syncro now.
     * @param authorId under whose name the form said that it sends
     * @throws AppError stale, busy, and what reading throws
     */
    save: async (
      technician: Technician,
      formId: string,
      wish: UpdateWish,
      authorId: number | null = null,
    ): Promise<Saved> => {
      const { number } = await opened.onTicket(technician, formId);
      const { facts, caller, readAt } = await read(technician, number);
      // Pressed twice: the first press does it, and may have done it by now.
      if (await starting.runs.byForm(formId)) return { result: 'started' };
      const wrong = (field: WrongUpdate['field'], problem: WrongUpdate['problem']): Saved => ({
        result: 'wrong',
        wrong: { field, problem },
      });
      const set = changeSet(facts, wish);
      const gone = goneField(facts, wish);
      if (gone) return wrong(gone, 'gone');
      if (set.changes.length === 0) return wrong('status', 'unchanged');
      const { status } = set.fields;
      if (status !== undefined && (await lacksInvoice(deps, caller, facts.ticket, status)))
        return wrong('status', 'no_invoice');
      const { ticket, author } = facts;
      checkAuthor(authorId, author);
      await changeByForm(starting, formId, { technician, author, ticket, set, readAt });
      return { result: 'started' };
    },
  };
};

export type UpdateForm = ReturnType<typeof createUpdateForm>;
