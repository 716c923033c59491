import { briefly } from '../shared/briefly.ts';
import type { Clock } from '../shared/system.ts';
import { assigneeName, type Technician } from '../shared/technician.ts';
import { timeZoneOf } from '../shared/time-zone.ts';
import type { AccountSettings, Caller, SyncroReads, TicketSettings } from './ports.ts';

const LISTS_MS = 10 * 60_000;

type Named = { readonly id: number; readonly name: string };

/** The account's people with the names that it lacks: the settings', then those of its own list of users. */
const withNames = async (
  settings: TicketSettings,
  ours: readonly Named[],
  users: () => Promise<readonly Named[]>,
): Promise<TicketSettings> => {
  const known = new Map(
    [...ours, ...settings.technicians.filter(({ name }) => name.trim())].map((one) => [one.id, one]),
  );
  const isNameless = settings.technicians.some(({ id }) => !known.has(id));
  const more = isNameless ? await users() : [];
  for (const one of more) if (!known.has(one.id) && one.name.trim()) known.set(one.id, one);
  const listed = settings.technicians.map((one) => known.get(one.id) ?? one);
  const ids = new Set(listed.map(({ id }) => id));
  return { ...settings, technicians: [...listed, ...ours.filter(({ id }) => !ids.has(id))] };
};

type Own = {
  /** Who is in the settings, for names that the account lacks. */
  readonly technicians?: readonly Technician[];
  /** The account's time zone by the settings; it counts where Syncro has none that is known. */
  readonly timeZone?: string | null;
  /** Told the account's currency each time that its settings are read. */
  readonly onCurrency?: (symbol: string | null) => void;
};

/** The account's own lists (statuses, technicians, priorities, problem types), read live and remembered for minutes. */
export const createAccountLists = (
  reads: Pick<SyncroReads, 'ticketSettings' | 'settings'> & Partial<Pick<SyncroReads, 'users'>>,
  clock: Clock,
  { technicians = [], timeZone: ownZone = null, onCurrency }: Own = {},
) => {
  const ticketSettings = briefly<'account', TicketSettings>(clock, LISTS_MS, 1);
  const settings = briefly<'account', AccountSettings>(clock, LISTS_MS, 1);
  const users = briefly<'account', readonly Named[]>(clock, LISTS_MS, 1);
  const ours = technicians.map(({ syncroUserId, name }): Named => ({ id: syncroUserId, name }));
  /** Also who has left; none where they can't be read: they are only names. */
  const readUsers = (caller: Caller): Promise<readonly Named[]> =>
    users('account', async () => (await reads.users?.(caller)) ?? []).catch(() => []);
  /** An answer that fails, or lacks the zone, takes away nothing that was known before. */
  let knownZone = ownZone;
  const readSettings = async (caller: Caller): Promise<AccountSettings> => {
    const account = await reads.settings(caller);
    const { timeZone, currencySymbol } = account;
    onCurrency?.(currencySymbol);
    knownZone = (timeZone && timeZoneOf(timeZone)) || knownZone;
    return { ...account, timeZone: knownZone ?? timeZone };
  };
  const lists = {
    /** @throws AppError */
    ticketSettings: (caller: Caller): Promise<TicketSettings> =>
      ticketSettings('account', async () =>
        withNames(await reads.ticketSettings(caller), ours, () => readUsers(caller)),
      ),
    /** Who is in the settings, as they are called there. */
    ours,

    /**
     * What these people are called, for showing: by the account's list, else by the settings, else by its users, where
     * those who have left are too. What can't be read takes no other name away.
     */
    people: async (caller: Caller, ids: ReadonlyArray<number | null>): Promise<readonly Named[]> => {
      const wanted = new Set(ids.filter((id) => id !== null));
      if (wanted.size === 0) return ours;
      const listed = await lists.ticketSettings(caller).then(
        (account) => account.technicians,
        () => ours,
      );
      for (const { id, name } of listed) if (name.trim()) wanted.delete(id);
      const left = wanted.size > 0 ? await readUsers(caller) : [];
      return [...listed.filter(({ id }) => !wanted.has(id)), ...left.filter(({ id }) => wanted.has(id))];
    },

    /** What to call whose ticket it is; `null`: nobody's. */
    assignee: async (caller: Caller, ticket: Parameters<typeof assigneeName>[0]): Promise<string | null> =>
      assigneeName(ticket, ticket.technicianName === null ? await lists.people(caller, [ticket.technicianId]) : []),

    /** @throws AppError */
    settings: (caller: Caller): Promise<AccountSettings> => settings('account', () => readSettings(caller)),

    /** By whose clock and calendar the account lives; `null`: nobody knows. What can't be read is not waited for. */
    timeZone: async (caller: Caller): Promise<string | null> => {
      const { timeZone } = await lists.settings(caller).catch(() => ({ timeZone: knownZone }));
      return timeZone && timeZoneOf(timeZone);
    },
  };
  return lists;
};

export type AccountLists = ReturnType<typeof createAccountLists>;
