import { z } from 'zod';
import type { BusinessDay, SyncroReads } from './ports.ts';
import { type Resource, rowsOf } from './rows.ts';
import { flag, id, listOf, optional, optionalId, optionalText, text } from './wire.ts';

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

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const weekday = z
  .string()
  .transform((name) => WEEKDAYS.indexOf(name.trim().toLowerCase()))
  .pipe(z.int().nonnegative());

/** `09:00`, `9:00 AM`. */
const timeOfDay = z.string().transform((value, context): string => {
  const [, hours = '', minutes = '', half] = /^(\d{1,2}):(\d\d)(?::\d\d)?\s*([ap]m)?$/i.exec(value.trim()) ?? [];
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  const time = `${String(hour).padStart(2, '0')}:${minutes}`;
  if (hours !== '' && time <= '24:00' && Number(minutes) < 60) return time;
  context.addIssue({ code: 'custom', message: 'no time of day' });
  return z.NEVER;
});

/** A closed day has no times, or any. */
const businessDayWire = z.union([
  z.object({ closed: flag.pipe(z.literal(true)) }).transform(() => null),
  z
    .object({ day: weekday, start: timeOfDay, end: timeOfDay })
    .transform(
      ({ day, start, end }): BusinessDay => ({ weekday: day, opens: start, closes: end === '00:00' ? '24:00' : end }),
    ),
]);

const settingsWire = z.object({
  ticket: optional(z.object({ priorities: listOf(text), problem_types: listOf(text) })),
  locale: optional(z.object({ time_zone: optionalText, currency_symbol: optionalText })),
  business_hours_enabled: flag,
  /** One odd day, and nobody knows when the account is open. */
  business_hours: optional(z.array(businessDayWire).transform((week) => week.filter((day) => day !== null))),
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
      businessHours: wire.business_hours_enabled ? (wire.business_hours ?? 'unread') : null,
    };
  },
});
