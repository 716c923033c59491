import { z } from 'zod';
import { isDay } from '../shared/calendar.ts';
import { flag, id, optionalText, time } from './wire.ts';
import type { Write, WriteKind } from './write.ts';
import { callOf } from './write-call.ts';

type Answered = Readonly<Record<string, unknown>>;

/** Syncro may keep a text its own way: whether it is ours is told by everything else. */
const TEXTS: ReadonlySet<string> = new Set([
  ...['subject', 'body', 'name', 'description', 'notes'],
  ...['business_name', 'firstname', 'lastname'],
]);
/** Another name in the answer than in the request. */
const RENAMED: Readonly<Record<string, string>> = { start_at: 'start_time', end_at: 'end_time' };
/** A day is sent, and may be answered as an instant in the account's zone. */
const DAYS: ReadonlySet<string> = new Set(['due_date', 'date']);
/** A time of day is kept to the second. */
const SECOND_MS = 1_000;
/** Syncro's decimals: half of the last one that is sent. */
const HALF_A_HUNDREDTH = 0.005;

/** Syncro keeps the digits of a phone, perhaps without the country's. */
const isSamePhone = (sent: string, said: string): boolean => {
  const [ours, theirs] = [sent, said].map((phone) => phone.replace(/\D/g, ''));
  return ours !== undefined && theirs !== undefined && (ours.endsWith(theirs) || theirs.endsWith(ours));
};

const isSameDay = (sent: unknown, said: unknown, timeZone: string | null): boolean => {
  const at = time.safeParse(said).data ?? null;
  return at !== null && isDay(String(sent), at, timeZone) === true;
};

/** By whose calendar the days of a write are read; `null`: nobody knows. */
const zoneOf = (write: Write): string | null =>
  (write.kind === 'invoice' ? write.timeZone : 'fields' in write ? write.fields.timeZone : null) ?? null;

const isSame = (field: string, sent: unknown, said: unknown, timeZone: string | null): boolean => {
  if (DAYS.has(field)) return isSameDay(sent, said, timeZone);
  if (field === 'phone') return isSamePhone(String(sent), String(said ?? ''));
  if (field === 'email') return String(said ?? '').toLowerCase() === String(sent).toLowerCase();
  if (typeof sent === 'boolean') return flag.parse(said) === sent;
  if (typeof sent === 'number')
    return said !== null && Math.abs(Number(String(said).replace(/[$,\s]/g, '')) - sent) < HALF_A_HUNDREDTH;
  if (field in RENAMED) return Math.abs(Date.parse(String(said)) - Date.parse(String(sent))) <= SECOND_MS;
  return String(said ?? '').trim() === String(sent).trim();
};

/** The record that a change is about: its answer must name it. */
const idOf = (write: Write): number | null => {
  switch (write.kind) {
    case 'ticket_update':
      return write.ticketId;
    case 'line_item_update':
      return write.lineItemId;
    case 'timer_update':
    case 'timer_charge':
    case 'timer_billable':
      return write.timerId;
    default:
      return null;
  }
};

/** A charge that leaves the entry uncharged is none; whether Syncro took that time is not to be billed is read later. */
const decidedOf = ({ kind }: Write): Answered => (kind === 'timer_charge' ? { recorded: true } : {});

const parentOf = (write: Write): Answered =>
  'ticketId' in write && write.kind !== 'ticket_update' ? { ticket_id: write.ticketId } : {};

/** Fields that Syncro may leave empty in an answer without meaning it: an invoice's ticket in the specification. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['ticket_id', 'customer_id', 'product_id', 'category', 'date']);

/**
 * Is the answered record what was sent? Its id where that is known, its parent, and every field of the request that the
 * answer carries too.
 */
const agrees = (write: Write, answered: Answered): boolean => {
  const wanted = idOf(write);
  if (wanted !== null && answered.id !== wanted) return false;
  const { billable: _, ...sent } = callOf(write).body ?? {};
  return Object.entries({ ...sent, ...parentOf(write), ...decidedOf(write) }).every(([field, value]) => {
    const said = answered[RENAMED[field] ?? field];
    if (TEXTS.has(field) || said === undefined || (said === null && MAY_BE_EMPTY.has(field))) return true;
    return isSame(field, value, said, zoneOf(write));
  });
};

type Landed = { readonly id: number | null; readonly number: string | null };

const NOTHING: Landed = { id: null, number: null };

/** Under which name each endpoint puts its record; `''`: it is the record itself. */
const RECORD: Readonly<Partial<Record<WriteKind, string>>> = {
  comment: 'comment',
  line_item: '',
  line_item_update: 'ticket_line_item',
  timer: '',
  timer_update: '',
  timer_charge: '',
  timer_billable: 'ticket_timer',
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

/** A message, or anything but a no. */
const undescribed = z.union([
  z.object({ success: z.unknown().optional() }).refine(({ success }) => success !== false),
  z.null(),
]);

/** Nobody has described what these answer; a deletion is looked for anyway. */
const isUndescribed = (kind: WriteKind): boolean =>
  kind === 'invoice_delete' || kind === 'ticket_delete' || kind === 'invoice_draft';

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
  if (text.trim() === '') return isUndescribed(kind) ? NOTHING : null;
  const body = parsed(text);
  const name = RECORD[kind];
  if (name === undefined)
    return (isUndescribed(kind) ? undescribed : succeeded).safeParse(body).success ? NOTHING : null;
  const found = name === '' ? body : z.looseObject({}).safeParse(body).data?.[name];
  const answered = record.safeParse(found).data;
  if (!answered || !agrees(write, answered)) return null;
  return { id: answered.id, number: NUMBERED.includes(kind) ? answered.number : null };
};
