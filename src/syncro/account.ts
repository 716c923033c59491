import { z } from 'zod';
import type { SyncroReads } from './ports.ts';
import { type Resource, rowsOf } from './rows.ts';
import { id, listOf, optional, optionalId, optionalText, text } from './wire.ts';

/** Flat. The body also has `user_token`, a secret: not declared, so it is dropped here. */
const meWire = z.object({
  user_id: id,
  user_name: text,
  user_email: optionalText,
  subdomain: optionalText,
});

/** `[1, "Joe Doe"]` in /users (arrays); objects in /tickets/settings. */
export const personWire = z.union([
  z.tuple([id, text], z.unknown()).transform(([personId, name]) => ({ id: personId, name })),
  z
    .object({ id, name: optionalText, full_name: optionalText })
    .transform((person) => ({ id: person.id, name: person.name ?? person.full_name ?? '' })),
]);

const ticketSettingsWire = z.object({
  /** One odd entry must not take the others away. */
  ticket_status_list: z.array(text),
  users: listOf(z.unknown()),
  default_labor_product_id: optionalId,
});

const settingsWire = z.object({
  ticket: optional(z.object({ priorities: listOf(text), problem_types: listOf(text) })),
  locale: optional(z.object({ time_zone: optionalText, currency_symbol: optionalText })),
});

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
