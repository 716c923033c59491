import type { KnownBlock } from '@slack/types';
import { currency, formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, besideButton, button, header, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { Counted, Digest, DigestItem, DigestSection, SectionKind } from '../digest.ts';
import type { DigestRemarks } from '../ports.ts';

/** Names that stand side by side; what is beyond is one number. */
const SIDE_BY_SIDE = 12;
const NAME_LENGTH = 40;
/** What a list of open tickets is asked for: a filter and a page. */
const listOf = (filter: 'all' | 'mine' | 'attention'): string => JSON.stringify({ f: filter, p: 1 });

const WORDS: Readonly<Record<SectionKind, (count: number) => string>> = {
  replied: (count) => `${count} ${count === 1 ? 'customer' : 'customers'} replied`,
  overdue: (count) => `${count} overdue`,
  due_today: (count) => `${count} due today`,
  waiting: (count) => `${count} waiting too long`,
  unassigned: (count) => `${count} unassigned`,
};

/** `48 open · +3 since Friday · oldest 41 days`. */
const countsOf = ({ open, partial, oldestDays, change }: Digest): string => {
  const by = change?.by ?? null;
  return [
    open === 0 ? 'None open' : `${open}${partial ? '+' : ''} open`,
    ...(change === null || by === null ? [] : [`${by > 0 ? '+' : ''}${by === 0 ? '±0' : by} since ${change.since}`]),
    ...(open > 0 && oldestDays ? [`oldest ${oldestDays} ${oldestDays === 1 ? 'day' : 'days'}`] : []),
  ].join(' · ');
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

/** Who waits for an answer, a line each. */
const repliedRows = ({ count, top }: DigestSection, links: Links): ReadonlyArray<readonly Part[]> => [
  [{ bold: `↩ ${WORDS.replied(count)}` }],
  ...top.map((item) => itemParts(item, links)),
  ...(count > top.length ? [[`and ${count - top.length} more`]] : []),
];

const moneyWords = ({ count, amountCents }: NonNullable<Digest['uninvoiced']>): string =>
  `${currency()} ${count} resolved, never invoiced: ${formatMoney(amountCents)}`;

const sideBySide = (counted: readonly Counted[]): string => {
  const shown = counted.slice(0, SIDE_BY_SIDE).map(({ label, count }) => `${shorten(label, NAME_LENGTH)} ${count}`);
  const others = counted.slice(SIDE_BY_SIDE).reduce((sum, { count }) => sum + count, 0);
  return [...shown, ...(others > 0 ? [`others ${others}`] : [])].join(' · ');
};

const missedWords = (missed: readonly string[]): string => {
  const last = missed.at(-1);
  if (last === undefined) return '';
  if (missed.length === 1) return `The digest of ${last} was not posted.`;
  if (missed.length > 3) return `${missed.length} digests before this one were not posted, the last on ${last}.`;
  return `The digests of ${missed.slice(0, -1).join(', ')} and ${last} were not posted.`;
};

const notes = ({ uninvoiced, partial, open }: Digest, { missed, dueAt }: DigestRemarks): readonly KnownBlock[] => {
  const words = [
    partial ? `There are more open tickets; this covers the first ${open} that Syncro listed.` : '',
    uninvoiced === null ? 'What was resolved but never invoiced could not be read.' : '',
    uninvoiced && uninvoiced.unread > 0
      ? `${uninvoiced.unread} more resolved tickets haven't been checked for charges yet.`
      : '',
    dueAt === null ? '' : `Due at ${dueAt}, but late, because the app or Syncro was down.`,
    missedWords(missed),
  ].filter(Boolean);
  return words.length > 0 ? [note(words.join(' '))] : [];
};

/** The open tickets of the day: one message that a phone shows at once, whatever their number. */
export const digestMessage = (digest: Digest, remarks: DigestRemarks, links: Links): Reply => {
  const { sections, uninvoiced, byTechnician, nothingNew, day, open, change } = digest;
  if (nothingNew && change) {
    const words = `Open tickets · ${day} · nothing new since ${change.since} · ${open} open`;
    return reply(words, [line(words), ...notes(digest, remarks)]);
  }
  const title = `Open tickets · ${day}`;
  const counts = countsOf(digest);
  const replied = sections.find(({ kind }) => kind === 'replied');
  const others = sections.filter(({ kind }) => kind !== 'replied').map(({ kind, count }) => WORDS[kind](count));
  const needs = others.length > 0 ? `! ${others.join(' · ')}` : null;
  const owed = uninvoiced && uninvoiced.count > 0 ? moneyWords(uninvoiced) : null;
  const spoken = [title, counts, ...(replied ? [WORDS.replied(replied.count)] : []), needs, owed];
  return reply(spoken.filter((each) => each !== null).join(' · '), [
    header(title),
    line(counts),
    ...(replied ? [lines(...repliedRows(replied, links))] : []),
    ...(needs ? [besideButton(needs, button('Show', 'open:list', { value: listOf('attention') }))] : []),
    ...(owed ? [besideButton(owed, button('Show', 'open:uninvoiced'))] : []),
    ...(open > 0
      ? [
          note(sideBySide(byTechnician) || 'Nobody has one.'),
          actions('digest', [
            button('Mine', 'open:mine', { value: listOf('mine') }),
            button('All', 'open:all', { value: listOf('all') }),
          ]),
        ]
      : []),
    ...notes(digest, remarks),
  ]);
};
