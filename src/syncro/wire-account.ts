import { z } from 'zod';
import { id, listOf, optional, optionalId, optionalText, text } from './wire.ts';

/** Flat. The body also has `user_token`, a secret: not declared, so it is dropped here. */
export const meWire = z.object({
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

export const ticketSettingsWire = z.object({
  /** One odd entry must not take the others away. */
  ticket_status_list: z.array(text),
  users: listOf(z.unknown()),
  default_labor_product_id: optionalId,
});

export const settingsWire = z.object({
  ticket: optional(z.object({ priorities: listOf(text), problem_types: listOf(text) })),
  locale: optional(z.object({ time_zone: optionalText, currency_symbol: optionalText })),
});
