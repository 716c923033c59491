import type { TicketChange } from '../../runs/rules/purpose.ts';
import type { Run } from '../../runs/rules/run.ts';
import { NOTHING_SEEN, type Work, workOn } from '../../runs/rules/work.ts';
import { type StartDeps, startRun } from '../../runs/start-run.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Author } from '../../syncro/identity.ts';
import type { Ticket } from '../../syncro/ticket.ts';
import type { TicketFields } from '../../syncro/write.ts';

/** Fields to be sent, and the same in words. */
export type ChangeSet = { readonly fields: TicketFields; readonly changes: readonly TicketChange[] };

type Change = {
  readonly technician: Technician;
  readonly author: Author;
  readonly ticket: Ticket;
  readonly set: ChangeSet;
  /** When the ticket was read. */
  readonly readAt: number;
};

const workOf = ({ author, ticket, set: { fields, changes } }: Change, told?: 'here'): Work => ({
  kind: 'update',
  ...workOn(ticket, author),
  known: NOTHING_SEEN,
  changes,
  ...(told ? { told } : {}),
  actions: [{ kind: 'ticket_update', ticketId: ticket.id, fields }],
});

/** The form's changes; told by the run's message. @throws AppError busy */
export const changeByForm = (deps: StartDeps, formId: string, change: Change): Promise<Run> =>
  startRun(deps, change.technician, formId, workOf(change), change.readAt);

/**
 * A change asked for by one press or one line, told where it was asked for. There is no form to tell a second press by,
 * so what the person saw and wanted is the key: the same wish about the same state of the ticket is one run.
 * @throws AppError busy
 */
export const changeAtOnce = async (deps: StartDeps, change: Change): Promise<Run> => {
  const { technician, ticket, set, readAt } = change;
  const wish = JSON.stringify(['update', technician.slackUser, ticket.id, ticket.updatedAt, set.fields]);
  const before = await deps.runs.byForm(wish);
  // One that had ended before the ticket was read did not do what is wanted now.
  const isOver = before !== null && before.finishedAt !== null && before.finishedAt < readAt;
  const isOld = isOver || before?.state === 'stopped' || ticket.updatedAt === null;
  return startRun(deps, technician, isOld ? deps.ids.id() : wish, workOf(change, 'here'), readAt);
};
