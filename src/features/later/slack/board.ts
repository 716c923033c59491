import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { BillRun } from '../../../runs/rules/run.ts';
import { chargedCents, lateText } from '../../../runs/slack/charge-receipt.ts';
import { invoiceButton } from '../../../runs/slack/run-words.ts';
import { ticketParts } from '../../../runs/slack/words.ts';
import { formatMoney } from '../../../shared/money.ts';
import type { Log } from '../../../shared/system.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, header, lines, linkButton, type Part } from '../../../slack/blocks.ts';
import { lookForMarked, postMarked } from '../../../slack/find-marked.ts';
import type { Links } from '../../../slack/links.ts';
import type { Members } from '../../../slack/members.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import { openDm } from '../../../slack/say.ts';
import type { WebClients } from '../../../slack/web-clients.ts';
import type { LateBoard } from '../ports.ts';

const sumCents = (late: readonly BillRun[]): number => late.reduce((sum, run) => sum + chargedCents(run), 0);

/** What is on no invoice of one ticket, and the way out. */
const ticketBlocks = (late: readonly BillRun[], links: Links): readonly KnownBlock[] => {
  const ticket = late[0]?.ticket;
  if (!ticket) return [];
  return [
    lines(
      ticketParts(ticket, links),
      ...late.map((run): readonly Part[] => [`${lateText(run)} · ${run.technician.name}`]),
    ),
    actions(`late:${ticket.id}`, [
      invoiceButton(ticket.number, sumCents(late)),
      linkButton('Open ticket', 'ticket', links.ticket(ticket.id)),
    ]),
  ];
};

/** A customer's lines that their recurring invoice did not take. */
const lateMessage = (late: readonly BillRun[], links: Links): Reply => {
  const who = shorten(late[0]?.ticket.customerName.trim() || 'A customer', 80);
  const what = late.length === 1 ? 'a charge is' : `${late.length} charges are`;
  const title = `! ${who}: ${what} still on no invoice, ${formatMoney(sumCents(late))}`;
  const byTicket = Map.groupBy(late, ({ ticket }) => ticket.id);
  return reply(title, [header(title), ...[...byTicket.values()].flatMap((runs) => ticketBlocks(runs, links))]);
};

const EVENT_TYPE = 'syncro_late';

const payload = z.looseObject({ runs: z.string() });

export type LateBoardDeps = {
  readonly clients: Pick<WebClients, 'once' | 'background'>;
  /** Who is a technician in the settings may have left, or be a guest by now. */
  readonly members: Members;
  readonly links: Links;
  readonly log: Log;
};

/** A direct message, which carries the runs that charged the lines as metadata. */
export const createLateBoard = ({ clients, members, links, log }: LateBoardDeps): LateBoard => ({
  tell: async ({ slackUser }, late) => {
    const membership = await members.check(slackUser);
    if (membership === 'outsider') return { result: 'refused', reason: 'not_a_member' };
    if (membership === 'unknown') return { result: 'not_sent' };
    const channel = await openDm(clients.once, slackUser, log);
    const marks = { eventType: EVENT_TYPE, payload: { runs: late.map(({ id }) => id).join(' ') } };
    return postMarked(clients.once, { channel, reply: lateMessage(late, links), ...marks }, (failure) =>
      log.warn({ slackUser, ...failure }, 'Slack did not take a message about lines on no invoice'),
    );
  },

  find: async ({ slackUser }, runId, since) => {
    const channel = await openDm(clients.background, slackUser, log);
    const isIt = (found: unknown): boolean => payload.safeParse(found).data?.runs.split(' ').includes(runId) ?? false;
    return lookForMarked(clients.background, { channel, since, eventType: EVENT_TYPE, isIt });
  },
});
