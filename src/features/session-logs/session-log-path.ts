import type { TicketNumber } from '../../syncro/ticket.ts';

/** Device names of Windows, where a folder can't be called so, whatever case. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** A part of a path may have 255 bytes; a name stays readable far below that. */
const MOST_BYTES = 80;

/** Whole characters only. */
const cutTo = (text: string, mostBytes: number): string =>
  text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(mostBytes)).read).replace(/-+$/, '');

/**
 * Text as a part of a path on any system: small letters and digits of any script, joined by hyphens. Accents of Latin
 * letters go, so that a name is the same however it was typed; what is no letter (separators, dots, emoji) is a hyphen.
 * `''` when nothing is left.
 */
export const slug = (text: string): string => {
  const plain = text
    .slice(0, 1_000)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, '')
    .normalize('NFC');
  return cutTo(plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^[-\p{M}]+/u, ''), MOST_BYTES);
};

/** Where a session log goes, below the folder of the settings. */
type SessionLogPlace = {
  /** Folders for the customer, best first: one that holds another customer's logs is passed over. */
  readonly folders: readonly string[];
  readonly file: string;
};

type Subject = {
  readonly number: TicketNumber;
  readonly subject: string;
  readonly customerId: number;
  readonly customerName: string;
};

/** @param day `YYYY-MM-DD` */
export const sessionLogPlace = (ticket: Subject, day: string): SessionLogPlace => {
  const { number, subject, customerId, customerName } = ticket;
  const name = slug(customerName);
  const fallback = `customer-${customerId}`;
  const plain = name === '' || RESERVED.test(name) ? fallback : name;
  return {
    folders: [...new Set([plain, `${plain}-${customerId}`, fallback])],
    file: `${day}-${number}-${slug(subject) || 'ticket'}.md`,
  };
};

/** `failed`: nothing was written; `why` is for the person. `path` reads as the settings name the folder. */
export type SavedLog =
  | { readonly result: 'written' | 'already_there'; readonly path: string }
  | { readonly result: 'failed'; readonly why: string };

/** Session logs as files, below the folder of the settings and nowhere else. */
export interface SessionLogs {
  /** Whole or not at all; in place of an older log of the same name. */
  save(place: SessionLogPlace, customerId: number, text: string): Promise<SavedLog>;
}
