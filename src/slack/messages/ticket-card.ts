import type { KnownBlock } from '@slack/types';
import type { TicketCard } from '../../app/view-ticket.ts';
import { customerNames, isByCustomer } from '../../domain/customer-reply.ts';
import { formatHours } from '../../domain/minutes.ts';
import { formatMoney, lineAmountCents } from '../../domain/money.ts';
import { phoneText } from '../../domain/phone.ts';
import { shorten } from '../../domain/text.ts';
import { type Comment, type LineItem, type Ticket, unreadOf } from '../../domain/ticket.ts';
import { divider, line, lines, note, type Part, quote } from '../blocks.ts';
import { dayText } from './change-words.ts';
import { readable } from './html.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { ticketButtons } from './ticket-buttons.ts';
import { unreadName } from './unread-words.ts';

const SHOWN_LINES = 6;
const COMMENT_LENGTH = 600;

const lineText = ({ quantityHundredths, name, rateCents }: LineItem): string =>
  `${formatHours(quantityHundredths)} h ${shorten(name, 80)} ${formatMoney(lineAmountCents(quantityHundredths, rateCents))}`;

const charges = (
  { ticket, lineItems, uninvoiced, invoices }: TicketCard,
  links: Links,
): ReadonlyArray<readonly Part[]> => {
  const odd = unreadOf(ticket, 'line');
  if (lineItems.length + odd.length === 0) return [['Charges: none yet']];
  const rows: Array<readonly Part[]> = lineItems
    .slice(-SHOWN_LINES)
    .map((item) => [
      `${lineText(item)} · ${uninvoiced.some(({ id }) => id === item.id) ? (invoices ? 'not invoiced' : 'invoices unknown') : 'invoiced'}`,
    ]);
  if (lineItems.length > SHOWN_LINES) rows.push([`+ ${lineItems.length - SHOWN_LINES} earlier lines`]);
  for (const part of odd.slice(0, SHOWN_LINES)) rows.push([`! ${unreadName(part)}: price unknown, it can't be read`]);
  if (!invoices) rows.push(["! Syncro's list of invoices can't be read"]);
  for (const { id, number, totalCents, paid } of (invoices ?? []).slice(0, 5))
    rows.push([
      { link: links.invoice(id), text: `Invoice #${number}` },
      ` ${formatMoney(totalCents)} · ${paid ? 'paid' : 'not paid'}`,
    ]);
  return [['Charges'], ...rows];
};

const unreadCount = (count: number): string =>
  count === 1 ? "1 comment can't be read" : `${count} comments can't be read`;

/** Syncro does not say what was e-mailed: a comment that is not hidden may have been. */
const audience = ({ hidden }: Comment, isCustomers: boolean): string => {
  if (hidden) return 'internal';
  return isCustomers ? 'customer' : 'customer can see';
};

/** Names of Syncro's own that say nothing beyond the author and the audience. */
const SAID_ALREADY = /^internal note$/i;

const commentBlocks = (comment: Comment, ticket: Ticket): readonly KnownBlock[] => {
  const isCustomers = isByCustomer(comment, customerNames(ticket));
  // Where Syncro names nobody, nobody is named: it may be a monitor, an automation or somebody from elsewhere.
  const author = comment.authorName || (isCustomers ? 'Customer' : '');
  const subject = SAID_ALREADY.test(comment.subject) ? '' : shorten(comment.subject, 80);
  const about: readonly Part[] = [
    ...(author ? [{ bold: shorten(author, 80) }] : []),
    ...(comment.createdAt === null ? [] : [{ date: comment.createdAt }]),
    ...[audience(comment, isCustomers), subject].filter(Boolean),
  ];
  return [
    line(...about.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))),
    quote(shorten(readable(comment.body), COMMENT_LENGTH)),
  ];
};

const dated = (...dates: ReadonlyArray<readonly [string, Part | null]>): readonly Part[] =>
  dates
    .flatMap(([label, at]) => (at === null ? [] : [[`${label} `, at]]))
    .flatMap((parts, i) => (i === 0 ? parts : [' · ', ...parts]));

const dayOf = (at: number | null): Part | null => (at === null ? null : { day: at });

const head = ({ ticket, due, assignee, prepaidHundredths, customerGone }: TicketCard, links: Links): KnownBlock => {
  const { contact, customerName, customerPhone, customerEmail } = ticket;
  const phone = contact?.phone ?? customerPhone;
  const reach = [phone && phoneText(phone), contact?.email ?? customerEmail].filter(Boolean).join(' · ');
  return lines(
    [
      { link: links.ticket(ticket.id), text: `#${ticket.number}`, strong: true },
      ' ',
      { bold: shorten(ticket.subject, 300) },
    ],
    [[ticket.status, ticket.priority, assignee ?? 'nobody'].filter(Boolean).join(' · ')],
    [
      `${shorten(customerName, 150)} (${contact ? shorten(contact.name, 100) : 'no contact'})${reach ? ` · ${reach}` : ''}`,
    ],
    dated(
      ['Created', dayOf(ticket.createdAt)],
      ['due', due === null ? null : dayText(due)],
      ['updated', ticket.updatedAt === null ? null : { date: ticket.updatedAt }],
    ),
    [
      customerGone
        ? '! This customer is no longer in Syncro'
        : prepaidHundredths
          ? `Prepaid block: ${formatHours(prepaidHundredths)} h`
          : 'No prepaid block',
    ],
  );
};

type Showing = {
  /** For everybody in the channel, without the buttons of the person who shared it. */
  readonly shared?: boolean;
  /** What a press on the card before this one came to: stands first. */
  readonly outcome?: Reply;
};

const NOT_SHARED = 'People of another company read along in this channel, so the ticket was not shared.';

/** Instead of a shared card, for who pressed alone. */
export const notSharedMessage = (): Reply => reply(NOT_SHARED, [line(NOT_SHARED)]);

/** One ticket. */
export const ticketCardMessage = (card: TicketCard, links: Links, { shared = false, outcome }: Showing = {}): Reply => {
  const { ticket, olderComments } = card;
  // Notes of colleagues are for them; a channel may hold others.
  const comments = shared ? card.comments.filter(({ hidden }) => !hidden) : card.comments;
  const isCut = comments.length < card.comments.length;
  const title = `#${ticket.number} ${ticket.subject} · ${ticket.status} · ${ticket.customerName}`;
  return reply(outcome ? `${outcome.text} ${title}` : title, [
    ...(outcome ? [...outcome.blocks, divider] : []),
    head(card, links),
    lines(...charges(card, links)),
    divider,
    ...comments.flatMap((comment) => commentBlocks(comment, ticket)),
    ...(card.comments.length + card.unreadComments === 0 ? [note('No comments yet')] : []),
    ...(card.unreadComments > 0 ? [note(`! ${unreadCount(card.unreadComments)}: see them in Syncro`)] : []),
    ...(isCut ? [note('Internal comments are left out')] : []),
    ...(olderComments === 0 ? [] : [note(`+ ${olderComments ?? 'more'} earlier comments`)]),
    ticketButtons(card, links, shared),
  ]);
};
