import { setCurrency } from '../domain/money.ts';
import { timeZoneOf } from '../domain/time-zone.ts';
import { briefly } from './briefly.ts';
import type { AccountSettings, Caller, Clock, SyncroReads, TicketSettings } from './ports.ts';

const LISTS_MS = 10 * 60_000;

/**
 * The account's own lists (statuses, technicians, priorities, problem types), read live and remembered for minutes.
 * @param ownZone what the settings say of the account's time zone; it counts where Syncro names none that is known
 */
export const createAccountLists = (
  reads: Pick<SyncroReads, 'ticketSettings' | 'settings'>,
  clock: Clock,
  ownZone: string | null = null,
) => {
  const ticketSettings = briefly<'account', TicketSettings>(clock, LISTS_MS);
  const settings = briefly<'account', AccountSettings>(clock, LISTS_MS);
  const readSettings = async (caller: Caller): Promise<AccountSettings> => {
    const account = await reads.settings(caller);
    const { timeZone, currencySymbol } = account;
    setCurrency(currencySymbol);
    return { ...account, timeZone: (timeZone && timeZoneOf(timeZone)) || ownZone || timeZone };
  };
  const lists = {
    /** @throws AppError */
    ticketSettings: (caller: Caller): Promise<TicketSettings> =>
      ticketSettings('account', () => reads.ticketSettings(caller)),
    /** @throws AppError */
    settings: (caller: Caller): Promise<AccountSettings> => settings('account', () => readSettings(caller)),

    /** By whose clock and calendar the account lives; `null`: nobody knows. What can't be read is not waited for. */
    timeZone: async (caller: Caller): Promise<string | null> => {
      const { timeZone } = await lists.settings(caller).catch(() => ({ timeZone: ownZone }));
      return timeZone && timeZoneOf(timeZone);
    },
  };
  return lists;
};

export type AccountLists = ReturnType<typeof createAccountLists>;
