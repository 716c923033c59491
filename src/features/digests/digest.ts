import { calendarIn, isDueToday, isOverdue } from '../../shared/calendar.ts';
import type { TicketId, TicketNumber, TicketSummary } from '../../syncro/ticket.ts';
import { waitsTooLong } from '../tickets/open-list.ts';

const DAY_MS = 24 * 3_600_000;
/** Tickets that a section names; the rest is a number. */
const TOP = 3;

export type DigestFacts = {
  readonly tickets: readonly TicketSummary[];
  /** There are more tickets than were read. */
  readonly partial: boolean;
  /** Resolved tickets with charges on no invoice; `null`: they could not be read. */
  readonly uninvoiced: {
    readonly tickets: ReadonlyArray<{ readonly ticket: TicketSummary; readonly amountCents: number }>;
    readonly unread: number;
  } | null;
  readonly technicians: ReadonlyArray<{ readonly id: number; readonly name: string }>;
  /** The account's, by whose calendar tickets are due; `null`: not known, then the digest's own. */
  readonly timeZone: string | null;
};

/** What a posted digest told, for comparing the next one with it. */
export type DigestTold = {
  /** `null`: not everything was read, so the number compares with nothing. */
  readonly open: number | null;
  readonly print: string;
};

export type DigestMoment = {
  readonly now: number;
  readonly timezone: string;
  /** The last one of the same digest. */
  readonly last: { readonly at: number; readonly told: DigestTold } | null;
};

export type DigestItem = {
  readonly id: TicketId;
  readonly number: TicketNumber;
  readonly customerName: string;
  /** `null`: nobody. */
  readonly who: string | null;
  /** Since the ticket was made. */
  readonly days: number | null;
};

export type SectionKind = 'replied' | 'overdue' | 'due_today' | 'waiting' | 'unassigned';

export type DigestSection = {
  readonly count: number;
  /** The first of them, oldest first. */
  readonly top: readonly DigestItem[];
};

export type Counted = { readonly label: string; readonly count: number };

export type Digest = {
  /** `Mon Nov 23` */
  readonly day: string;
  readonly open: number;
  readonly partial: boolean;
  readonly oldestDays: number | null;
  /** Against the last digest, e.g. 3 more since Friday. `by` is `null` where the numbers don't compare. */
  readonly change: { readonly by: number | null; readonly since: string } | null;
  /** Nothing changed since the last one. */
  readonly nothingNew: boolean;
  /** Only those that hold something, the most urgent first. */
  readonly sections: ReadonlyArray<DigestSection & { readonly kind: SectionKind }>;
  readonly uninvoiced: { readonly count: number; readonly amountCents: number; readonly unread: number } | null;
  /** Most first. */
  readonly byTechnician: readonly Counted[];
  readonly told: DigestTold;
};

const SECTIONS: readonly SectionKind[] = ['replied', 'overdue', 'due_today', 'waiting', 'unassigned'];

/** First names, as people call each other; whoever shares one is called by the whole name. */
const namesOf = (technicians: DigestFacts['technicians']): ReadonlyMap<number, string> => {
  const first = (name: string): string => name.trim().split(/\s+/)[0] ?? '';
  const counts = counted(technicians.map(({ name }) => first(name)));
  const shared = new Set(counts.filter(({ count }) => count > 1).map(({ label }) => label));
  return new Map(technicians.map(({ id, name }) => [id, shared.has(first(name)) ? name : first(name)]));
};

const counted = (labels: readonly string[]): readonly Counted[] => {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
};

/** Oldest first; what has no date is younger than everything. */
const byAge = (a: TicketSummary, b: TicketSummary): number =>
  (a.createdAt ?? Number.MAX_SAFE_INTEGER) - (b.createdAt ?? Number.MAX_SAFE_INTEGER) || a.number - b.number;

const daysSince = (at: number | null, now: number): number | null =>
  at === null ? null : Math.max(0, Math.floor((now - at) / DAY_MS));

const sort = (tickets: readonly TicketSummary[], { now, timezone }: DigestMoment, accountZone: string | null) => {
  const timeZone = accountZone ?? timezone;
  const fits: Readonly<Record<SectionKind, (ticket: TicketSummary) => boolean>> = {
    replied: ({ customerReplied }) => customerReplied,
    overdue: ({ dueAt }) => isOverdue(dueAt, now, timeZone),
    due_today: ({ dueAt }) => isDueToday(dueAt, now, timeZone),
    waiting: (ticket) => waitsTooLong(ticket, now),
    unassigned: ({ technicianId }) => technicianId === null,
  };
  return SECTIONS.map((kind) => ({ kind, tickets: tickets.filter(fits[kind]) }));
};

/** What the digest of a moment says. */
export const digestOf = (facts: DigestFacts, moment: DigestMoment): Digest => {
  const { partial, uninvoiced } = facts;
  const { now, timezone, last } = moment;
  const tickets = facts.tickets.toSorted(byAge);
  const names = namesOf(facts.technicians);
  const nameOf = (id: number | null): string | null => (id === null ? null : names.get(id) || `user ${id}`);
  const section = (among: readonly TicketSummary[]): DigestSection => ({
    count: among.length,
    top: among.slice(0, TOP).map(({ id, number, customerName, technicianId, createdAt }) => ({
      id,
      number,
      customerName,
      who: nameOf(technicianId),
      days: daysSince(createdAt, now),
    })),
  });
  const sorted = sort(tickets, moment, facts.timeZone);
  const owed = uninvoiced?.tickets.toSorted((a, b) => byAge(a.ticket, b.ticket)) ?? [];
  // A ticket that became overdue overnight is news too, although nobody touched it.
  const print = fingerprint([
    ...tickets.map((t) => `${t.id} ${t.status} ${t.technicianId} ${t.customerReplied}`).sort(),
    ...sorted.map(({ kind, tickets: some }) => `${kind} ${some.map(({ id }) => id).join(' ')}`),
    ...owed.map(({ ticket, amountCents }) => `owed ${ticket.id} ${amountCents}`),
  ]);
  const open = partial ? null : tickets.length;
  const calendar = calendarIn(timezone);
  return {
    day: calendar.dayWords(now),
    open: tickets.length,
    partial,
    oldestDays: daysSince(tickets[0]?.createdAt ?? null, now),
    change: last && {
      by: open === null || last.told.open === null ? null : open - last.told.open,
      since: calendar.sinceWords(last.at, now),
    },
    nothingNew: !partial && last?.told.print === print,
    sections: sorted.flatMap(({ kind, tickets: some }) => (some.length > 0 ? [{ kind, ...section(some) }] : [])),
    uninvoiced: uninvoiced && {
      count: owed.length,
      amountCents: owed.reduce((sum, { amountCents }) => sum + amountCents, 0),
      unread: uninvoiced.unread,
    },
    byTechnician: counted(tickets.flatMap(({ technicianId }) => nameOf(technicianId) ?? [])),
    told: { open, print },
  };
};

const fnv = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** 16 characters that differ when the texts differ, but for an accident. Not for secrets. */
const fingerprint = (texts: readonly string[]): string => {
  const text = texts.join('\n');
  return [0x811c9dc5, 0x2bcaf317].map((seed) => fnv(text, seed).toString(16).padStart(8, '0')).join('');
};
