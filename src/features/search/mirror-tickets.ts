import { AppError, isAppError } from '../../shared/errors.ts';
import type { Clock, Every, Log } from '../../shared/system.ts';
import { patient } from '../../syncro/identity.ts';
import type { Caller, SyncroReads, Traffic } from '../../syncro/ports.ts';
import type { Comment, TicketSummary } from '../../syncro/ticket.ts';
import { afterMirrorPage, type ListRead, LOOK_MS, type MirrorProgress, nextMirrorRead } from './mirror.ts';
import type { IndexedComment, ListedTicket, MirrorLease, MirrorStore, TicketIndex } from './ports.ts';

export type MirrorDeps = {
  readonly reads: Pick<SyncroReads, 'listedTickets' | 'comments'>;
  readonly store: MirrorStore;
  readonly index: Pick<TicketIndex, 'state'>;
  readonly lease: MirrorLease;
  readonly traffic: Traffic;
  /** With whose key: what the index holds, everybody here may read. @throws AppError no_key */
  readonly caller: () => Promise<Caller>;
  readonly doneStatuses: readonly string[];
  /** A comment's body as people read it. */
  readonly readable: (body: string) => string;
  /** Of Syncro's limit. */
  readonly requestsPerMinute: number;
  readonly clock: Clock;
  readonly every: Every;
  readonly log: Log;
  /** Names this process. */
  readonly owner: string;
};

/** At most 30 requests a minute while there is much to read, 10 else: a look for changes and what it found. */
const TICK_MS = 2_000;
const REST_MS = 6_000;
/** A process that does not hold the lease looks again after this. */
const LOOK_AGAIN_MS = 30_000;
const LEASE_MS = 3 * 60_000;
/** When people use more than this part of the limit, it waits. */
const SHARE = 1 / 3;
const BUSY_MS = 5_000;
const FAILED_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** Comments of tickets that last changed before are not read: a request each for what nobody looks up. */
const COMMENTS_MS = 2 * 365 * DAY_MS;
/**
 * Nobody says that a comment moves the ticket's `updated_at`, so what is being worked on is read again daily. Whoever
 * knows better meanwhile is Syncro itself, which is asked when nothing is found.
 */
const WORKED_ON_MS = 30 * DAY_MS;
const COMMENTS_PER_TICKET = 100;
/** Of one comment, before anything reads it; it is found by its beginning. */
const MOST_INDEXED = 20_000;
const LONG_COMMENT = 2_000;

/** Copies Syncro's tickets and comments into the index, in the background: one process at a time, one request at a time. */
export const createMirror = (deps: MirrorDeps) => {
  const { reads, store, lease, clock, log, owner } = deps;
  let stopTicking = (): void => undefined;
  let stopped = false;
  let notBefore = 0;
  let working: Promise<void> | null = null;

  /** One after the other, and Slack's requests in between: a mail of thousands of tags takes its time. */
  const indexed = async (comments: readonly Comment[]): Promise<readonly IndexedComment[]> => {
    const all: IndexedComment[] = [];
    for (const { id, authorName, hidden, createdAt, body } of comments) {
      if (body.length > LONG_COMMENT) await clock.sleep(0);
      all.push({ id, authorName, hidden, createdAt, text: deps.readable(body.slice(0, MOST_INDEXED)) });
    }
    return all;
  };

  const readPage = async (caller: Caller, progress: MirrorProgress, next: ListRead) => {
    const began = clock.now();
    const since = next.read === 'changes' ? { updatedSince: next.since } : {};
    const { rows, totalPages, unread = 0 } = await reads.listedTickets(caller, { ...since, page: next.page });
    if (stopped) return;
    const listed: ListedTicket[] = [];
    for (const { ticket, comments } of rows) listed.push({ ticket, comments: await indexed(comments) });
    await store.put(listed, began, began - COMMENTS_MS);
    const times = rows.flatMap(({ ticket }) => ticket.updatedAt ?? []);
    const newest = times.length > 0 ? Math.max(...times) : null;
    const after = afterMirrorPage(progress, next.read, { count: rows.length + unread, totalPages, newest }, began);
    // Before it is stored that everything was seen: after a death in between it is found out again.
    if (after.sweptAt !== null && after.sweptAt !== progress.sweptAt) await store.recheck(after.sweptAt, began);
    if (!(await lease.save(owner, after))) log.info({}, 'another process goes on with the index');
  };

  const readComments = async (caller: Caller, ticket: TicketSummary): Promise<void> => {
    const began = clock.now();
    try {
      const { rows } = await reads.comments(caller, ticket.id, { perPage: COMMENTS_PER_TICKET });
      if (stopped) return;
      const isOpen = !deps.doneStatuses.includes(ticket.status);
      const again = isOpen && (ticket.updatedAt ?? 0) > began - WORKED_ON_MS ? began + DAY_MS : null;
      await store.putComments(ticket.id, await indexed(rows), began, again);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code === 'not_found') return store.remove(ticket.id);
      // One odd ticket must not hold up the others.
      await store.postpone(ticket.id, error.code === 'unreadable' ? null : began + DAY_MS / 24);
      throw error;
    }
  };

  /** @returns when to go on */
  const step = async (): Promise<number> => {
    const now = clock.now();
    const progress = await lease.claim(owner, now, LEASE_MS);
    if (!progress) return now + LOOK_AGAIN_MS;
    if (stopped) {
      await lease.release(owner);
      return now;
    }
    if (progress.wordsTo !== null) {
      await lease.save(owner, { ...progress, wordsTo: await store.putWords(progress.wordsTo) });
      return now;
    }
    const next = nextMirrorRead(progress, now);
    const isBusy = (await deps.traffic.lastMinute(now)) >= deps.requestsPerMinute * SHARE;
    // While everybody waits for Syncro they look at the copy: one request a minute keeps it new for all of them.
    if (isBusy && next.read !== 'changes') return now + BUSY_MS;
    if (next.read === 'comments') {
      const due = await store.nextDue(now);
      if (!due) return (progress.checkedAt ?? now) + LOOK_MS;
      await readComments(await deps.caller(), due);
    } else {
      const caller = await deps.caller();
      await readPage(isBusy ? patient({ ...caller, lane: 'person' }) : caller, progress, next);
    }
    const { checkedAt, unread } = await deps.index.state();
    return checkedAt === null || unread ? now : now + REST_MS;
  };

  const tick = (): void => {
    if (stopped || working || clock.now() < notBefore) return;
    working = step()
      .then((at) => {
        notBefore = at;
      })
      .catch((error: unknown) => {
        if (stopped) return;
        notBefore = clock.now() + FAILED_MS;
        const code = error instanceof AppError ? error.code : undefined;
        log.warn({ err: error, code }, 'the search index could not be brought up to date; it goes on later');
      })
      .finally(() => {
        working = null;
      });
  };

  return {
    start: (): void => {
      stopTicking = deps.every(TICK_MS, tick);
      tick();
    },
    /** The step under way, for tests. */
    settled: async (): Promise<void> => {
      await working;
    },
    /** Gives the work to another process; a request under way is dropped. */
    stop: async (): Promise<void> => {
      stopped = true;
      stopTicking();
      await lease.release(owner).catch(() => undefined);
    },
  };
};
