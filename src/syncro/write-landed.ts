import { z } from 'zod';
import type { WriteKind } from '../domain/write.ts';
import { id, optionalText } from './wire.ts';

export type Landed = { readonly id: number | null; readonly number: string | null };

const NOTHING: Landed = { id: null, number: null };

const bare = z.object({ id }).transform((body): Landed => ({ id: body.id, number: null }));

const under = (name: string) =>
  z
    .object({ [name]: z.object({ id, number: optionalText }) })
    .transform((body): Landed => ({ id: body[name]?.id ?? null, number: body[name]?.number ?? null }));

const inside = (name: string) => under(name).transform((landed): Landed => ({ ...landed, number: null }));

/** `{"success":true}`; with false, Syncro says yes and no at once, which is not a yes. */
const succeeded = z.object({ success: z.literal(true) }).transform(() => NOTHING);

/** Deletions answer with a message, or with nothing that is documented; the caller reads again anyway (§0 row 11). */
const deleted = z.union([
  z
    .object({ success: z.literal(false).optional() })
    .refine((body) => body.success !== false)
    .transform(() => NOTHING),
  z.null().transform(() => NOTHING),
]);

/**
 * Where each endpoint puts the new id (§9.1). It is read there and nowhere else: a client that read `.id` instead of
 * `.comment.id` saw nothing, and posted twice.
 */
const WHERE: Readonly<Record<WriteKind, z.ZodType<Landed>>> = {
  comment: inside('comment'),
  line_item: bare,
  line_item_update: inside('ticket_line_item'),
  line_item_remove: succeeded,
  timer: bare,
  timer_update: bare,
  timer_charge: bare,
  timer_delete: succeeded,
  invoice: under('invoice'),
  invoice_delete: deleted,
  ticket: under('ticket'),
  ticket_update: under('ticket'),
  ticket_delete: deleted,
  customer: inside('customer'),
};

/** What a 2xx says, or `null` when it can't be read: then nobody knows what happened. */
export const landedOf = (kind: WriteKind, text: string): Landed | null => {
  if (text.trim() === '') return WHERE[kind] === deleted ? NOTHING : null;
  try {
    return WHERE[kind].safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
