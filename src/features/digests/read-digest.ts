import { isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/system.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import type { AskedTicketsDeps } from '../../syncro/asked-for.ts';
import type { Caller } from '../../syncro/ports.ts';
import type { FoundUninvoiced } from '../tickets/find-uninvoiced.ts';
import { readOpenTickets } from '../tickets/open-tickets.ts';
import type { DigestFacts } from './digest.ts';

export type ReadDigestDeps = AskedTicketsDeps & {
  readonly lists: Pick<AccountLists, 'people' | 'settings' | 'timeZone'>;
  readonly uninvoiced: (caller: Caller) => Promise<FoundUninvoiced>;
  readonly log: Log;
};

/** 20,000 tickets at 50 a page; in the background lane that is four minutes of what it may ask. */
const MOST_PAGES = 400;

/** A key that may not see invoices, or one odd invoice, still makes a digest; Syncro being away does not. */
const readUninvoiced = async (deps: ReadDigestDeps, caller: Caller): Promise<DigestFacts['uninvoiced']> => {
  try {
    return await deps.uninvoiced(caller);
  } catch (error) {
    if (!isAppError(error) || error.code === 'unreachable' || error.code === 'rate_limited') throw error;
    deps.log.warn({ code: error.code }, 'a digest is made without what is resolved and not invoiced');
    return null;
  }
};

/** Everything that a digest tells, read live. @throws AppError */
export const readDigest = async (deps: ReadDigestDeps, caller: Caller): Promise<DigestFacts> => {
  const timeZone = await deps.lists.timeZone(caller);
  const { tickets, partial } = await readOpenTickets(deps, caller, MOST_PAGES);
  const technicians = await deps.lists.people(
    caller,
    tickets.map(({ technicianId }) => technicianId),
  );
  return { tickets, partial, technicians, timeZone, uninvoiced: await readUninvoiced(deps, caller) };
};
