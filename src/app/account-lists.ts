import { briefly } from './briefly.ts';
import type { AccountSettings, Caller, Clock, SyncroReads, TicketSettings } from './ports.ts';

const LISTS_MS = 10 * 60_000;

/** The account's own lists (statuses, technicians, priorities, problem types), read live and remembered for minutes. */
export const createAccountLists = (reads: Pick<SyncroReads, 'ticketSettings' | 'settings'>, clock: Clock) => {
  const ticketSettings = briefly<'account', TicketSettings>(clock, LISTS_MS);
  const settings = briefly<'account', AccountSettings>(clock, LISTS_MS);
  return {
    /** @throws AppError */
    ticketSettings: (caller: Caller): Promise<TicketSettings> =>
      ticketSettings('account', () => reads.ticketSettings(caller)),
    /** @throws AppError */
    settings: (caller: Caller): Promise<AccountSettings> => settings('account', () => reads.settings(caller)),
  };
};

export type AccountLists = ReturnType<typeof createAccountLists>;
