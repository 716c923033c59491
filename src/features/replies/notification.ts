import { z } from 'zod';
import { optionalId, optionalText } from '../../syncro/wire.ts';
import type { RecordRef } from './ports.ts';

/** A form's encoding of the body leaves the record as JSON text. */
const asObject = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
};

/**
 * The body of a notification: a sentence, a link to the record's page and the record itself. There is no
 * type, no id of the event and no signature, so no more is taken from it than what to read again.
 */
const notification = z.looseObject({
  link: optionalText,
  attributes: z
    .preprocess(asObject, z.looseObject({ id: optionalId, number: optionalText, ticket_id: optionalId }))
    .nullish()
    .catch(null),
});

/** Whether the record has a place for the ticket that it is of, be it empty. */
const isOfTicket = (body: unknown): boolean => {
  const raw = z.object({ attributes: z.preprocess(asObject, z.looseObject({})) }).safeParse(body);
  return raw.success && Object.hasOwn(raw.data.attributes, 'ticket_id');
};

const PAGE = /\/(tickets|customers)\/(\d{1,12})(?:[/?#]|$)/;
const MOST_LINK = 2_000;

/** What a notification is about; `null`: nothing that anybody here waits for, or not to be told. */
export const subjectOf = (body: unknown): RecordRef | null => {
  const { success, data } = notification.safeParse(body);
  if (!success) return null;
  const { attributes } = data;
  if (attributes?.ticket_id) return { kind: 'ticket', id: attributes.ticket_id };
  const [, pages, id] = PAGE.exec((data.link ?? '').slice(0, MOST_LINK)) ?? [];
  if (id !== undefined && Number(id) > 0) return { kind: pages === 'tickets' ? 'ticket' : 'customer', id: Number(id) };
  // What has a number and an id of its own is a ticket, unless it is of a ticket, as invoices and estimates are.
  if (!attributes?.id || attributes.number === null || data.link || isOfTicket(body)) return null;
  return { kind: 'ticket', id: attributes.id };
};

const KNOWN = ['text', 'html', 'link', 'attributes'] as const;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** What a body looks like, for the log: types and no contents. */
export const shapeOf = (body: unknown): Readonly<Record<string, string | number>> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { body: typeOf(body) };
  const known = KNOWN.filter((name) => Object.hasOwn(body, name));
  return {
    ...Object.fromEntries(known.map((name) => [name, typeOf((body as Record<string, unknown>)[name])])),
    others: Object.keys(body).length - known.length,
  };
};
