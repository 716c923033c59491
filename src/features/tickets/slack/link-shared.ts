import type { Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { shorten } from '../../../shared/text.ts';
import { note } from '../../../slack/blocks.ts';
import type { SlackKit } from '../../../slack/kit.ts';
import { identify } from '../../../slack/person.ts';
import { openDm } from '../../../slack/say.ts';
import { slackErrorCode } from '../../../slack/slack-failure.ts';
import type { TicketId } from '../../../syncro/ticket.ts';
import { parseTicketPage } from '../../../syncro/ticket-ref.ts';
import type { LinkedTicket } from '../linked-tickets.ts';
import type { TicketsUse } from './use.ts';

/** What stands under a link to a ticket, for everybody in the channel. Literal text only: customers write subjects. */
const linkedTicketBlocks = (ticket: LinkedTicket): KnownBlock[] => {
  const { number, subject, status, customerName, assignee } = ticket;
  const facts = [shorten(status, 60), shorten(customerName, 150), shorten(assignee ?? 'nobody', 80)];
  return [
    {
      type: 'section',
      text: { type: 'plain_text', text: `#${number} ${shorten(subject, 300)}`.trim(), emoji: false },
    },
    note(facts.filter((fact) => fact.trim() !== '').join(' · ')),
  ];
};

/** A message with more links than these is a list, and would be longer below than above. */
const MOST_LINKS = 3;

const shared = z.looseObject({
  user: z.string().min(1),
  channel: z.string().min(1),
  message_ts: z.string().min(1),
  // While somebody writes, the channel is not known, and so not who will read it.
  source: z.literal('conversations_history').nullish(),
  unfurl_id: z.string().min(1).nullish(),
  bot_id: z.null().optional(),
  links: z.array(z.looseObject({ url: z.string().max(2_000) })).min(1),
});

type Shared = z.infer<typeof shared>;

const envelope = z.looseObject({
  team_id: z.string().nullish(),
  api_app_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
});

type Envelope = z.infer<typeof envelope>;

/** The address of each ticket, the first where there are several. */
const pages = ({ links }: Shared, host: string): ReadonlyMap<TicketId, string> => {
  const found = new Map<TicketId, string>();
  for (const { url } of links) {
    const ref = parseTicketPage(url);
    if (ref?.by === 'page' && ref.host === host && !found.has(ref.id)) found.set(ref.id, url);
  }
  return found;
};

/** A direct message counts as inside only when it is the sharer's own with the app: in others anybody may read. */
const isInside = async ({ client, channels, log }: SlackKit, slackUser: string, channel: string): Promise<boolean> =>
  channel.startsWith('D')
    ? (await openDm(client, slackUser, log)) === channel
    : (await channels.reach(channel)) === 'internal';

const show = async (deps: SlackKit, event: Shared, unfurls: Readonly<Record<string, object>>): Promise<void> => {
  const { client, log } = deps;
  const { channel, message_ts: ts, unfurl_id, source } = event;
  const where = unfurl_id && source ? { unfurl_id, source } : { channel, ts };
  try {
    await client.chat.unfurl({ ...where, unfurls } as Parameters<typeof client.chat.unfurl>[0]);
  } catch (error) {
    log.info({ channel, code: slackErrorCode(error) }, 'Slack did not show what is behind a link');
  }
};

const unfurlsOf = (
  urls: ReadonlyMap<TicketId, string>,
  tickets: readonly LinkedTicket[],
): Readonly<Record<string, object>> =>
  Object.fromEntries(
    tickets.flatMap((ticket) => {
      const url = urls.get(ticket.id);
      return url === undefined ? [] : [[url, { blocks: linkedTicketBlocks(ticket) }]];
    }),
  );

const answer = async (
  deps: SlackKit,
  use: Pick<TicketsUse, 'linkedTickets'>,
  event: Shared,
  around: Envelope,
): Promise<void> => {
  const urls = pages(event, deps.links.host);
  if (urls.size === 0 || event.links.length > MOST_LINKS || around.is_ext_shared_channel) return;
  const { technician } = await identify(deps, {
    user_id: event.user,
    team_id: around.team_id,
    api_app_id: around.api_app_id,
  });
  if (!technician || !(await isInside(deps, technician.slackUser, event.channel))) return;
  const tickets = await use.linkedTickets(technician, event.channel, [...urls.keys()]);
  const unfurls = unfurlsOf(urls, tickets);
  if (Object.keys(unfurls).length > 0) await show(deps, event, unfurls);
};

/**
 * What is behind links to tickets, for everybody in the channel: only where a technician put them, and only among
 * colleagues. Nobody asked for it, so nothing is ever said when there is nothing to show.
 */
export const linkShared =
  (deps: SlackKit, use: Pick<TicketsUse, 'linkedTickets'>): Middleware<SlackEventMiddlewareArgs<'link_shared'>> =>
  async ({ event, body }) => {
    const parsed = shared.safeParse(event);
    const around = envelope.safeParse(body);
    if (!parsed.success || !around.success) return;
    try {
      await answer(deps, use, parsed.data, around.data);
    } catch (error) {
      deps.log.warn({ err: error }, 'the tickets behind links could not be shown');
    }
  };
