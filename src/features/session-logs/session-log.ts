import { RESOLUTION } from '../../runs/rules/work.ts';
import { calendarIn, dueDay } from '../../shared/calendar.ts';
import { fenced, inline } from '../../shared/markdown.ts';
import { formatHours } from '../../shared/minutes.ts';
import { formatMoney, lineAmountCents, roundCents, sumCents } from '../../shared/money.ts';
import { customerNames, isByCustomer } from '../../syncro/customer-reply.ts';
import { type Comment, type LineItem, type Ticket, unreadOf } from '../../syncro/ticket.ts';

/** Everything that a session log is made of. */
export type SessionLog = {
  readonly ticket: Ticket;
  readonly url: string;
  /** Oldest first; bodies as people read them, not HTML. */
  readonly comments: readonly Comment[];
  /** True: there are older ones that were not read. */
  readonly olderLeftOut: boolean;
  /** By technician id. */
  readonly names: ReadonlyMap<number, string>;
  readonly writtenBy: string;
  readonly day: string;
  /** Times are told in this zone; one that is known, see `knownZone`. */
  readonly timeZone: string;
};

/** Syncro does not say what was emailed: a comment that is not hidden may have been. */
const audience = ({ hidden }: Comment, isCustomers: boolean): string =>
  hidden ? 'internal' : isCustomers ? 'from the customer' : 'customer can see';

const commentText = (comment: Comment, { ticket, timeZone }: SessionLog): string => {
  const { createdAt, authorName, subject, body } = comment;
  const isCustomers = isByCustomer(comment, customerNames(ticket));
  const author = authorName ?? (isCustomers ? 'Customer' : 'Unknown');
  const at = createdAt === null ? '' : calendarIn(timeZone).moment(createdAt);
  const title = [at, inline(author), audience(comment, isCustomers)];
  return `### ${[...title, inline(subject)].filter(Boolean).join(' · ')}\n\n${fenced(body)}`;
};

const lineText = (line: LineItem, names: SessionLog['names']): string => {
  const { quantityHundredths, name, rateCents, technicianId, description } = line;
  const who = technicianId === null ? '' : (names.get(technicianId) ?? `technician ${technicianId}`);
  const facts = [
    `${formatHours(quantityHundredths)} h ${inline(name)}`,
    formatMoney(lineAmountCents(quantityHundredths, rateCents)),
    inline(who),
    inline(description),
  ];
  return `- ${facts.filter(Boolean).join(' · ')}`;
};

/** What was last said to be the resolution. */
const resolutionOf = (comments: readonly Comment[]): Comment | undefined =>
  comments.findLast(({ subject }) => subject.trim().toLowerCase() === RESOLUTION.toLowerCase());

const facts = ({ ticket, url, names, writtenBy, timeZone }: SessionLog): string => {
  const { contact, technicianId, technicianName, createdAt, dueAt, updatedAt } = ticket;
  const technician = technicianName ?? (technicianId === null ? null : names.get(technicianId));
  const at = (time: number | null): string => (time === null ? '' : calendarIn(timeZone).moment(time));
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['Customer', `${inline(ticket.customerName)} (Syncro customer ${ticket.customerId})`],
    ['Contact', contact ? inline(contact.name) : 'none'],
    ['Technician', technician ? inline(technician) : 'nobody'],
    ['Log written by', inline(writtenBy)],
    ['Status', inline(ticket.status)],
    ['Priority', inline(ticket.priority ?? '')],
    ['Created', at(createdAt)],
    ['Due', dueAt === null ? '' : dueDay(dueAt, timeZone)],
    ['Updated', at(updatedAt)],
    ['Times', timeZone],
    ['In Syncro', url],
  ];
  return rows.flatMap(([name, value]) => (value === '' ? [] : [`- ${name}: ${value}`])).join('\n');
};

const charges = ({ ticket, names }: SessionLog): string => {
  const { lineItems } = ticket;
  const odd = unreadOf(ticket, 'line').length;
  const rows = lineItems.map((line) => lineText(line, names));
  if (odd > 0) rows.push(`- ${odd} more that can't be read.`);
  if (rows.length === 0) return 'None.';
  const total = odd > 0 ? 'unknown' : formatMoney(roundCents(sumCents(lineItems)));
  return [...rows, '', `Total before tax: ${total}`].join('\n');
};

const history = (log: SessionLog): string =>
  [
    ...(log.olderLeftOut
      ? [`Only the newest ${log.comments.length} comments are here; older ones are in Syncro.`]
      : []),
    ...log.comments.map((comment) => commentText(comment, log)),
  ].join('\n\n') || 'None.';

/**
 * What was resolved and how, as Markdown. Nothing that somebody wrote can end a section, begin one, or be read as HTML.
 * The same ticket gives the same text, so that writing it again can be told from a change.
 */
export const sessionLogText = (log: SessionLog): string => {
  const { ticket, day, comments } = log;
  const resolution = resolutionOf(comments);
  return `---
ticket: ${ticket.number}
customer: ${ticket.customerId}
date: ${day}
---

# \\#${ticket.number} ${inline(ticket.subject)}

${facts(log)}

## Resolution

${resolution ? fenced(resolution.body) : 'None was written.'}

## Line items

${charges(log)}

## Comments, oldest first

${history(log)}
`;
};

/** The customer that a session log is about; `null`: it is none of ours. */
export const customerOf = (text: string): number | null => {
  const match = /^---\nticket: \d+\ncustomer: (\d+)\n/.exec(text);
  return match ? Number(match[1]) : null;
};
