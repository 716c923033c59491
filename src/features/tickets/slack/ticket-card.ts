import type { KnownBlock } from '@slack/types';
import { invoiceButton } from '../../../runs/slack/run-words.ts';
import { dayText } from '../../../runs/slack/words.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney, lineAmountCents, roundCents, sumCents } from '../../../shared/money.ts';
import { phoneText } from '../../../shared/name-words.ts';
import { shorten } from '../../../shared/text.ts';
import {
  actions,
  besideButton,
  button,
  divider,
  fields,
  header,
  line,
  lines,
  note,
  type Part,
  quote,
} from '../../../slack/blocks.ts';
import { readable } from '../../../slack/html.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { customerNames, isByCustomer } from '../../../syncro/customer-reply.ts';
import { type Comment, type LineItem, type Ticket, unreadOf } from '../../../syncro/ticket.ts';
import type { TicketCard } from '../view-ticket.ts';
import { opensFromMenu, ticketButtons } from './ticket-buttons.ts';
import { age } from './ticket-line.ts';
import { unreadName } from './unbilled-words.ts';

const SHOWN_LINES = 6;
const SHOWN_INVOICES = 3;
const COMMENT_LENGTH = 600;
/** Of the last five that are read; a press shows the others. */
const SHOWN_COMMENTS = 2;

const lineText = ({ quantityHundredths, name, rateCents }: LineItem): string =>
  `${formatHours(quantityHundredths)} h ${shorten(name, 80)} ${formatMoney(lineAmountCents(quantityHundredths, rateCents))}`;

/** What a recurring invoice is to take is not forgotten. */
const notInvoiced = ({ promised }: TicketCard, lines: readonly LineItem[], cents: number): string => {
  const waiting = lines.filter(({ id }) => promised?.has(id));
  const [day, ...others] = new Set(waiting.map(({ id }) => promised?.get(id) ?? ''));
  if (!day) return `${formatMoney(cents)} not invoiced`;
  const where = `waiting for a recurring invoice${others.length === 0 ? `, ${dayText(day)}` : ''}`;
  return waiting.length === lines.length
    ? `${formatMoney(cents)} ${where}`
    : `${formatMoney(cents)} not invoiced, ${formatMoney(roundCents(sumCents(waiting)))} of it ${where}`;
};

/** What comes first of the money: what nobody has been asked to pay. */
const owed = (card: TicketCard): KnownBlock => {
  const { ticket, lineItems, uninvoiced, invoices } = card;
  if (!invoices) return line("! Syncro's list of invoices can't be read");
  if (!uninvoiced) return line("! Which lines are invoiced can't be read");
  if (lineItems.length + invoices.length + unreadOf(ticket, 'line').length === 0) return line('Nothing billed yet');
  const cents = roundCents(sumCents(uninvoiced));
  if (cents <= 0) return line(uninvoiced.length > 0 ? `${formatMoney(cents)} not invoiced` : 'Everything is invoiced');
  return besideButton(notInvoiced(card, uninvoiced, cents), invoiceButton(ticket.number, cents));
};

const money = (card: TicketCard, links: Links): readonly KnownBlock[] => {
  const { ticket, lineItems, uninvoiced, invoices } = card;
  const odd = unreadOf(ticket, 'line');
  const isInvoiced = ({ id, invoiced }: LineItem): boolean =>
    invoiced || (uninvoiced?.every((open) => open.id !== id) ?? false);
  const rows: Array<readonly Part[]> = lineItems
    .slice(-SHOWN_LINES)
    .map((item) => [`${lineText(item)}${isInvoiced(item) ? ' · invoiced' : ''}`]);
  if (lineItems.length > SHOWN_LINES) rows.push([`+ ${lineItems.length - SHOWN_LINES} earlier lines`]);
  for (const part of odd.slice(0, SHOWN_LINES)) rows.push([`! ${unreadName(part)}: price unknown, it can't be read`]);
  for (const { id, number, totalCents, paid } of (invoices ?? []).slice(0, SHOWN_INVOICES))
    rows.push([
      { link: links.invoice(id), text: `Invoice #${number}` },
      ` ${formatMoney(totalCents)} · ${paid ? 'paid' : 'not paid'}`,
    ]);
  return [owed(card), ...(rows.length > 0 ? [lines(...rows)] : [])];
};

const unreadComments = ({ comments, unreadComments: count }: TicketCard): readonly KnownBlock[] => {
  if (comments && count === 0) return [];
  const what = comments ? (count === 1 ? '1 comment' : `${count} comments`) : 'Comments';
  return [note(`! ${what} can't be read: see them in Syncro`)];
};

/** What Syncro or the app writes over comments of every kind. */
const SAID_ALREADY = /^(?:internal note|initial issue|update|resolution)$/i;

/** Syncro does not say what was emailed, only what the customer never sees. */
const commentBlocks = (comment: Comment, ticket: Ticket): readonly KnownBlock[] => {
  const isCustomers = isByCustomer(comment, customerNames(ticket));
  // Where Syncro names nobody, nobody is named: it may be a monitor, an automation or somebody from elsewhere.
  const author = comment.authorName || (isCustomers ? 'Customer' : '');
  const subject = SAID_ALREADY.test(comment.subject.trim()) ? '' : shorten(comment.subject, 80);
  const about: readonly Part[] = [
    ...(author ? [{ bold: shorten(author, 80) }] : []),
    ...(comment.createdAt === null ? [] : [{ date: comment.createdAt }]),
    ...(subject ? [subject] : []),
  ];
  return [
    line(comment.hidden ? '🔒 ' : '', ...about.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))),
    quote(shorten(readable(comment.body), COMMENT_LENGTH)),
  ];
};

/** The last comments, and how to see what came before. */
const commentRows = (card: TicketCard, shared: boolean, whole: boolean): readonly KnownBlock[] => {
  const { ticket, comments, olderComments } = card;
  if (!comments) return unreadComments(card);
  // Notes of colleagues are for them; a channel may hold others.
  const visible = shared ? comments.filter(({ hidden }) => !hidden) : comments;
  const shown = whole || shared ? visible : visible.slice(0, SHOWN_COMMENTS);
  const held = visible.length - shown.length;
  const earlier = olderComments === null ? 'more' : String(held + olderComments);
  return [
    ...shown.flatMap((comment) => commentBlocks(comment, ticket)),
    ...(comments.length + card.unreadComments === 0 ? [note('No comments yet')] : []),
    ...unreadComments(card),
    ...(visible.length < comments.length ? [note('Internal comments are left out')] : []),
    ...(held > 0
      ? [actions('comments', [button(`+ ${earlier} earlier`, 'ticket:comments', { value: String(ticket.number) })])]
      : olderComments === 0
        ? []
        : [note(`+ ${earlier} earlier`)]),
  ];
};

const ago = (label: string, at: number | null, now: number): string => {
  if (at === null) return '';
  const since = age(at, now);
  return since === 'now' ? `${label} just now` : `${label} ${since} ago`;
};

/** @param hundredths of an hour; `null` or 0: no block; below: more was taken than it had */
export const prepaidText = (hundredths: number | null): string => {
  if (!hundredths) return 'No prepaid hours';
  return hundredths < 0
    ? `! Prepaid block overdrawn by ${formatHours(-hundredths)} h`
    : `${formatHours(hundredths)} prepaid hours left`;
};

const prepaid = ({ prepaidHundredths, customerGone, customerUnread }: TicketCard): string => {
  if (customerGone) return '! This customer is no longer in Syncro';
  if (customerUnread) return "! Prepaid hours can't be read";
  return prepaidText(prepaidHundredths);
};

const sideBySide = (...texts: ReadonlyArray<string | null | undefined>): string => texts.filter(Boolean).join(' · ');

const facts = (card: TicketCard, now: number, shared: boolean): KnownBlock => {
  const { ticket, due, assignee } = card;
  const { contact, customerName, customerPhone, customerEmail } = ticket;
  const phone = contact?.phone ?? customerPhone;
  const who = contact && contact.name !== customerName ? shorten(contact.name, 100) : '';
  const reach = phone ? phoneText(phone) : (contact?.email ?? customerEmail);
  return fields(
    [
      sideBySide(ticket.status, ticket.priority, assignee ?? 'nobody'),
      sideBySide(due === null ? '' : `due ${dayText(due)}`, ago('updated', ticket.updatedAt, now)),
      ago('created', ticket.createdAt, now),
    ],
    [
      sideBySide(shorten(customerName, 150), who, reach),
      // What it is about money is not for a channel.
      ...(shared || card.copied ? [] : [prepaid(card)]),
    ],
  );
};

type Showing = {
  /** For everybody in the channel, without what is for colleagues: buttons, money, internal comments. */
  readonly shared?: boolean;
  /** All comments that were read, not only the newest. */
  readonly whole?: boolean;
  /** What a press on the card before this one came to: stands first. */
  readonly outcome?: Reply;
};

const NOT_SHARED = 'This channel includes another company, so the ticket was not shared.';

/** Instead of a shared card, for who pressed alone. */
export const notSharedMessage = (): Reply => reply(NOT_SHARED, [line(NOT_SHARED)]);

/** One ticket. */
export const ticketCardMessage = (
  card: TicketCard,
  links: Links,
  now: number,
  { shared = false, whole = false, outcome }: Showing = {},
): Reply => {
  const { id, number, subject, status, customerName } = card.ticket;
  const title = `#${number} ${subject.replace(/\s+/g, ' ')}`.trim();
  const text = `${title} · ${status} · ${customerName}`;
  return reply(outcome ? `${outcome.text} ${text}` : text, [
    ...(outcome ? [...outcome.blocks, divider] : []),
    header(title),
    ...(shared || !opensFromMenu(card) ? [line({ link: links.ticket(id), text: `#${number} in Syncro` })] : []),
    facts(card, now, shared),
    ...(shared ? [] : card.copied ? [note('Charges and prepaid hours not read yet')] : money(card, links)),
    divider,
    ...commentRows(card, shared, whole),
    ...(shared ? [] : [ticketButtons(card, links)]),
  ]);
};
