import type { KnownBlock } from '@slack/types';
import { dayText } from '../../../runs/slack/words.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { formatMoney, lineAmountCents } from '../../../shared/money.ts';
import { phoneText } from '../../../shared/name-words.ts';
import { shorten } from '../../../shared/text.ts';
import { divider, line, lines, note, type Part, quote } from '../../../slack/blocks.ts';
import { readable } from '../../../slack/html.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { customerNames, isByCustomer } from '../../../syncro/customer-reply.ts';
import { type Comment, type LineItem, type Ticket, unreadOf } from '../../../syncro/ticket.ts';
import type { TicketCard } from '../view-ticket.ts';
import { ticketButtons } from './ticket-buttons.ts';
import { unreadName } from './unbilled-words.ts';

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
  const billing = ({ id, invoiced }: LineItem): string => {
    if (invoiced) return 'invoiced';
    if (!uninvoiced) return 'invoices unknown';
    return uninvoiced.some((open) => open.id === id) ? 'not invoiced' : 'invoiced';
  };
  const rows: Array<readonly Part[]> = lineItems
    .slice(-SHOWN_LINES)
    .map((item) => [`${lineText(item)} · ${billing(item)}`]);
  if (lineItems.length > SHOWN_LINES) rows.push([`+ ${lineItems.length - SHOWN_LINES} earlier lines`]);
  for (const part of odd.slice(0, SHOWN_LINES)) rows.push([`! ${unreadName(part)}: price unknown, it can't be read`]);
  if (!invoices) rows.push(["! Syncro's list of invoices can't be read"]);
  else if (!uninvoiced) rows.push(["! Which lines are invoiced can't be read"]);
  for (const { id, number, totalCents, paid } of (invoices ?? []).slice(0, 5))
    rows.push([
      { link: links.invoice(id), text: `Invoice #${number}` },
      ` ${formatMoney(totalCents)} · ${paid ? 'paid' : 'not paid'}`,
    ]);
  return [['Charges'], ...rows];
};

const unreadComments = ({ comments, unreadComments: count }: TicketCard): readonly KnownBlock[] => {
  if (comments && count === 0) return [];
  const what = comments ? (count === 1 ? '1 comment' : `${count} comments`) : 'Comments';
  return [note(`! ${what} can't be read: see them in Syncro`)];
};

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

const block = ({ prepaidHundredths, customerGone, customerUnread }: TicketCard): string => {
  if (customerGone) return '! This customer is no longer in Syncro';
  if (customerUnread) return "! Prepaid block: can't be read";
  return prepaidHundredths ? `Prepaid block: ${formatHours(prepaidHundredths)} h` : 'No prepaid block';
};

const head = (card: TicketCard, links: Links): KnownBlock => {
  const { ticket, due, assignee } = card;
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
    ...(card.copied ? [] : [[block(card)]]),
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
  const all = card.comments ?? [];
  const comments = shared ? all.filter(({ hidden }) => !hidden) : all;
  const isCut = comments.length < all.length;
  const title = `#${ticket.number} ${ticket.subject} · ${ticket.status} · ${ticket.customerName}`;
  return reply(outcome ? `${outcome.text} ${title}` : title, [
    ...(outcome ? [...outcome.blocks, divider] : []),
    head(card, links),
    card.copied ? note('Charges and prepaid hours not read yet') : lines(...charges(card, links)),
    divider,
    ...comments.flatMap((comment) => commentBlocks(comment, ticket)),
    ...(card.comments && all.length + card.unreadComments === 0 ? [note('No comments yet')] : []),
    ...unreadComments(card),
    ...(isCut ? [note('Internal comments are left out')] : []),
    ...(olderComments === 0 || !card.comments ? [] : [note(`+ ${olderComments ?? 'more'} earlier comments`)]),
    ticketButtons(card, links, shared),
  ]);
};
