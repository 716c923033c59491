import type { KnownBlock } from '@slack/types';
import { currency, formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { besideButton, button, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { Counted, Digest, DigestItem, DigestSection, SectionKind } from '../digest.ts';
import type { DigestRemarks } from '../ports.ts';

/** Names and counts that stand side by side; what is beyond is one number. */
const SIDE_BY_SIDE = 12;
const NAME_LENGTH = 40;
/** What a list of open tickets is asked for: a filter and a page. */
const SHOW_ALL = JSON.stringify({ f: 'all', p: 1 });
const SHOW_MINE = JSON.stringify({ f: 'mine', p: 1 });

const HEADINGS: Readonly<Record<SectionKind, (count: number) => string>> = {
  replied: (count) => `${count} ${count === 1 ? 'customer' : 'customers'} replied`,
  overdue: (count) => `${count} overdue`,
  due_today: (count) => `${count} due today`,
  waiting: (count) => `${count} waiting too long`,
  unassigned: (count) => `${count} unassigned`,
};

const change = ({ change: since }: Digest): string =>
  since === null || since.by === null
    ? ''
    : ` (${since.by > 0 ? '+' : ''}${since.by === 0 ? '±0' : since.by} since ${since.since})`;

const titleOf = (digest: Digest): string => {
  const { day, open, oldestDays, partial } = digest;
  const oldest = open > 0 && oldestDays ? ` · oldest ${oldestDays} d` : '';
  return `Open tickets · ${day} · ${open === 0 ? 'none' : `${open}${partial ? ' and more' : ''} open`}${change(digest)}${oldest}`;
};

const itemParts = ({ id, number, customerName, who, days }: DigestItem, links: Links): readonly Part[] => {
  const about = [
    who === null ? 'nobody' : shorten(who, NAME_LENGTH),
    ...(days === null ? [] : [days === 0 ? 'today' : `${days} d`]),
  ];
  return [
    { link: links.ticket(id), text: `#${number}` },
    ` ${shorten(customerName, NAME_LENGTH)} (${about.join(', ')})`,
  ];
};

const sectionRow = (heading: string, { count, top }: DigestSection, links: Links): readonly Part[] => {
  const more = count - top.length;
  const items = top.flatMap((item, i) => (i === 0 ? itemParts(item, links) : [' · ', ...itemParts(item, links)]));
  return [{ bold: heading }, '   ', ...items, more > 0 ? ` … and ${more} more` : ''];
};

const moneyHeading = ({ count, amountCents }: NonNullable<Digest['uninvoiced']>): string =>
  `${currency()} ${count} resolved, not invoiced, about ${formatMoney(amountCents)}`;

const sideBySide = (
  counted: readonly Counted[],
  words = (label: string, count: number): string => `${label} ${count}`,
): string => {
  const shown = counted.slice(0, SIDE_BY_SIDE).map(({ label, count }) => words(shorten(label, NAME_LENGTH), count));
  const others = counted.slice(SIDE_BY_SIDE).reduce((sum, { count }) => sum + count, 0);
  return [...shown, ...(others > 0 ? [words('others', others)] : [])].join(' · ');
};

/** As in the summary: `7 In Progress · 4 New`. */
const statuses = (counted: readonly Counted[]): string => sideBySide(counted, (label, count) => `${count} ${label}`);

const missedWords = (missed: readonly string[]): string => {
  const last = missed.at(-1);
  if (last === undefined) return '';
  if (missed.length === 1) return `The digest of ${last} was not posted.`;
  if (missed.length > 3) return `${missed.length} digests before this one were not posted, the last on ${last}.`;
  return `The digests of ${missed.slice(0, -1).join(', ')} and ${last} were not posted.`;
};

const notes = ({ uninvoiced, partial, open }: Digest, { missed, dueAt }: DigestRemarks): readonly KnownBlock[] => {
  const words = [
    partial ? `There are more open tickets; everything here is of the first ${open} that Syncro listed.` : '',
    uninvoiced === null ? 'What is resolved and not invoiced could not be read.' : '',
    uninvoiced && uninvoiced.unread > 0
      ? `${uninvoiced.unread} more resolved tickets were not looked into for charges yet.`
      : '',
    dueAt === null ? '' : `Due at ${dueAt}; it comes late because the app or Syncro was away.`,
    missedWords(missed),
  ].filter(Boolean);
  return words.length > 0 ? [note(words.join(' '))] : [];
};

/** The open tickets of the day: one message, whatever their number. */
export const digestMessage = (digest: Digest, remarks: DigestRemarks, links: Links): Reply => {
  const { sections, oldest, uninvoiced, byStatus, byTechnician, nothingNew, day, open, change: since } = digest;
  if (nothingNew && since) {
    const words = `Open tickets · ${day} · nothing new since ${since.since} · ${open} open`;
    return reply(words, [line(words), ...notes(digest, remarks)]);
  }
  const title = titleOf(digest);
  const owed = uninvoiced && uninvoiced.count > 0 ? uninvoiced : null;
  const headings = [...sections.map(({ kind, count }) => HEADINGS[kind](count)), ...(owed ? [moneyHeading(owed)] : [])];
  const rows = [
    ...sections.map((section) => sectionRow(`! ${HEADINGS[section.kind](section.count)}`, section, links)),
    ...(owed ? [sectionRow(moneyHeading(owed), owed, links)] : []),
    ...(open > 0 ? [sectionRow('Oldest', oldest, links)] : []),
  ];
  return reply([title, ...headings].join(' · '), [
    lines([{ bold: title }], ...rows),
    ...(open > 0
      ? [
          besideButton(statuses(byStatus), button('Show all', 'open:list', { value: SHOW_ALL })),
          besideButton(
            sideBySide(byTechnician) || 'Nobody has one.',
            button('Mine', 'open:list', { value: SHOW_MINE }),
          ),
        ]
      : []),
    ...notes(digest, remarks),
  ]);
};
