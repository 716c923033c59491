import { calendarIn } from '../../shared/calendar.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { knownZone } from '../../shared/time-zone.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { Identity } from '../../syncro/identity.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { Comment, TicketId, TicketNumber } from '../../syncro/ticket.ts';
import { type FindDeps, readTicket } from '../tickets/find-ticket.ts';
import { sessionLogText } from './session-log.ts';
import { type SavedLog, type SessionLogs, sessionLogPlace } from './session-log-path.ts';

export type SessionLogDeps = FindDeps & {
  readonly identity: Pick<Identity, 'reader'>;
  readonly reads: Pick<SyncroReads, 'comments'>;
  readonly lists: Pick<AccountLists, 'people' | 'timeZone'>;
  /** `null`: the shop keeps none; then the log can only be downloaded. */
  readonly logs: SessionLogs | null;
  /** A comment's body as people read it: Syncro keeps HTML where somebody wrote rich text. */
  readonly readable: (body: string) => string;
  readonly ticketUrl: (id: TicketId) => string;
  readonly clock: Clock;
};

export type WrittenLog = {
  readonly number: TicketNumber;
  readonly file: string;
  readonly text: string;
  /** `null`: it is kept nowhere. */
  readonly saved: SavedLog | null;
};

const LONG_COMMENT = 2_000;
const PER_PAGE = 100;
/** A ticket with more comments is no session any more. */
const MOST_COMMENTS = 500;
const MOST_PAGES = 20;

/** Oldest first. Syncro tells them newest first, and one that comes meanwhile moves others to the next page. */
const readComments = async (
  { reads, readable, clock }: SessionLogDeps,
  caller: Caller,
  id: TicketId,
): Promise<{ readonly comments: readonly Comment[]; readonly olderLeftOut: boolean }> => {
  const found = new Map<number, Comment>();
  let more = true;
  for (let page = 1; more && page <= MOST_PAGES && found.size < MOST_COMMENTS; page++) {
    const { rows, totalPages } = await reads.comments(caller, id, { perPage: PER_PAGE, page });
    const before = found.size;
    for (const comment of rows) {
      // A mail of thousands of tags takes its time: Slack's requests come in between.
      if (comment.body.length > LONG_COMMENT) await clock.sleep(0);
      found.set(comment.id, { ...comment, body: readable(comment.body) });
    }
    // Where Syncro does not say how many pages there are, a full one means that there may be another.
    more = found.size > before && (page < totalPages || (totalPages <= 1 && rows.length >= PER_PAGE));
  }
  return { comments: [...found.values()].reverse(), olderLeftOut: more };
};

/**
 * Writes down what was resolved on a ticket, under the day that it is at the account's place.
 * @throws AppError not_found, no_key, and what reading throws
 */
export const writeSessionLog = async (
  deps: SessionLogDeps,
  technician: Technician,
  number: TicketNumber,
): Promise<WrittenLog> => {
  const { lists, logs, clock } = deps;
  const caller = await deps.identity.reader(technician);
  const ticket = await readTicket(deps, caller, number);
  const [history, zone, technicians] = await Promise.all([
    readComments(deps, caller, ticket.id),
    // Without the account's lists the log still says everything: in UTC, and by the names of the settings.
    lists.timeZone(caller),
    lists.people(caller, [ticket.technicianId, ...ticket.lineItems.map((line) => line.technicianId)]),
  ]);
  const timeZone = knownZone(zone);
  const day = calendarIn(timeZone).day(clock.now());
  const names = new Map(technicians.map(({ id, name }) => [id, name]));
  const text = sessionLogText({
    ticket,
    url: deps.ticketUrl(ticket.id),
    ...history,
    names,
    writtenBy: technician.name,
    day,
    timeZone,
  });
  const place = sessionLogPlace(ticket, day);
  const saved = logs ? await logs.save(place, ticket.customerId, text) : null;
  return { number, file: place.file, text, saved };
};
