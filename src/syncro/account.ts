import type { SyncroReads } from './ports.ts';
import { type Resource, rowsOf } from './rows.ts';
import { meWire, personWire, settingsWire, ticketSettingsWire } from './wire-account.ts';

type AccountReads = Pick<SyncroReads, 'users' | 'me' | 'ticketSettings' | 'settings'>;

const filled = (values: readonly string[]): readonly string[] => values.filter((value) => value.trim() !== '');

export const accountReads = ({ read, readRecord, log }: Resource): AccountReads => ({
  users: async (caller) => rowsOf(await read(caller, 'users', {}, 'users'), 'users', personWire, log),

  me: async (caller) => {
    const me = await readRecord(caller, 'me', meWire, 'the owner of the key');
    return { userId: me.user_id, name: me.user_name, email: me.user_email, subdomain: me.subdomain };
  },

  ticketSettings: async (caller) => {
    const wire = await readRecord(caller, 'tickets/settings', ticketSettingsWire, 'ticket settings');
    return {
      statuses: filled(wire.ticket_status_list),
      technicians: rowsOf({ users: wire.users }, 'users', personWire, log),
      defaultLaborProductId: wire.default_labor_product_id,
    };
  },

  settings: async (caller) => {
    const wire = await readRecord(caller, 'settings', settingsWire, 'settings');
    return {
      priorities: filled(wire.ticket?.priorities ?? []),
      problemTypes: filled(wire.ticket?.problem_types ?? []),
      timeZone: wire.locale?.time_zone ?? null,
      currencySymbol: wire.locale?.currency_symbol ?? null,
    };
  },
});
