import { z } from 'zod';
import type { Log } from '../../../shared/system.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, linkButton, quote } from '../../../slack/blocks.ts';
import { lookForMarked, postMarked } from '../../../slack/find-marked.ts';
import { readable } from '../../../slack/html.ts';
import type { Links } from '../../../slack/links.ts';
import type { Members } from '../../../slack/members.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { openDm } from '../../../slack/say.ts';
import type { WebClients } from '../../../slack/web-clients.ts';
import type { CustomerReply } from '../../../syncro/customer-reply.ts';
import { WAITING } from '../../tickets/slack/ticket-buttons.ts';
import type { ReplyBoard } from '../ports.ts';

const REPLY_LENGTH = 1_500;

/** A customer wrote on a ticket of this technician: their words, and what is done next. */
const customerReplyMessage = ({ ticket, body, at }: CustomerReply, links: Links): Reply => {
  const value = String(ticket.number);
  const who = shorten(ticket.customerName.trim() || 'The customer', 150);
  return reply(`↩ ${who} replied on #${value} ${ticket.subject}`, [
    line(
      { bold: `↩ ${who} replied` },
      ' on ',
      { link: links.ticket(ticket.id), text: `#${value}`, strong: true },
      ` ${shorten(ticket.subject, 300)} · `,
      { date: at },
    ),
    quote(shorten(readable(body), REPLY_LENGTH)),
    actions('customer-reply', [
      button('Reply', 'comment:open', { value, style: 'primary' }),
      button('Bill', 'bill:open', { value }),
      button('Waiting', WAITING, { value }),
      linkButton('Open in Syncro', 'ticket', links.ticket(ticket.id)),
    ]),
  ]);
};

const EVENT_TYPE = 'syncro_reply';

const payload = z.looseObject({ comment: z.number() });

export type ReplyBoardDeps = {
  readonly clients: Pick<WebClients, 'once' | 'background'>;
  /** Who is a technician in the settings may have left, or be a guest by now. */
  readonly members: Members;
  readonly links: Links;
  readonly log: Log;
};

/** Tells technicians of their customers' replies, a direct message each; it carries the comment's id as metadata. */
export const createReplyBoard = ({ clients, members, links, log }: ReplyBoardDeps): ReplyBoard => ({
  tell: async ({ slackUser }, reply) => {
    const membership = await members.check(slackUser);
    if (membership === 'outsider') return { result: 'refused', reason: 'not_a_member' };
    if (membership === 'unknown') return { result: 'not_sent' };
    // The patient client might take longer than this process may send.
    const client = clients.once;
    const channel = await openDm(client, slackUser, log);
    const message = { channel, reply: customerReplyMessage(reply, links) };
    return postMarked(client, { ...message, eventType: EVENT_TYPE, payload: { comment: reply.commentId } }, (failure) =>
      log.warn({ slackUser, ...failure }, 'a reply was not taken by Slack'),
    );
  },

  find: async ({ slackUser }, commentId, since) => {
    const channel = await openDm(clients.background, slackUser, log);
    const isIt = (found: unknown): boolean => payload.safeParse(found).data?.comment === commentId;
    return lookForMarked(clients.background, { channel, since, eventType: EVENT_TYPE, isIt });
  },
});
