import { z } from 'zod';
import { agrees } from './answer-agrees.ts';
import { id, optionalText } from './wire.ts';
import type { Write, WriteKind } from './write.ts';

export type Landed = { readonly id: number | null; readonly number: string | null };

const NOTHING: Landed = { id: null, number: null };

/** Under which name each endpoint puts its record; `''`: it is the record itself. */
const RECORD: Readonly<Partial<Record<WriteKind, string>>> = {
  comment: 'comment',
  line_item: '',
  line_item_update: 'ticket_line_item',
  timer: '',
  timer_update: '',
  timer_charge: '',
  invoice: 'invoice',
  ticket: 'ticket',
  ticket_update: 'ticket',
  customer: 'customer',
};

/** Those whose number people read; others may carry one that means something else. */
const NUMBERED: readonly WriteKind[] = ['invoice', 'ticket', 'ticket_update'];

const record = z.looseObject({ id, number: optionalText });

/** `{"success":true}`; with false, Syncro says yes and no at once, which is not a yes. */
const succeeded = z.object({ success: z.literal(true) });

/** Deletions answer with a message, or with nothing that is documented; the caller reads again anyway. */
const deleted = z.union([
  z.object({ success: z.unknown().optional() }).refine(({ success }) => success !== false),
  z.null(),
]);

const isDeletion = (kind: WriteKind): boolean => kind === 'invoice_delete' || kind === 'ticket_delete';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What a 2xx says; `null` when it can't be read, or is about something else than was sent: then nobody knows what
 * happened. The new id is read here and nowhere else: a client that read `.id` instead of `.comment.id` saw nothing, and
 * posted twice.
 */
export const landedOf = (write: Write, text: string): Landed | null => {
  const { kind } = write;
  if (text.trim() === '') return isDeletion(kind) ? NOTHING : null;
  const body = parsed(text);
  const name = RECORD[kind];
  if (name === undefined) return (isDeletion(kind) ? deleted : succeeded).safeParse(body).success ? NOTHING : null;
  const found = name === '' ? body : z.looseObject({}).safeParse(body).data?.[name];
  const answered = record.safeParse(found).data;
  if (!answered || !agrees(write, answered)) return null;
  return { id: answered.id, number: NUMBERED.includes(kind) ? answered.number : null };
};
