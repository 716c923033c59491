import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
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
import type { LateBoard, LateCharge } from '../ports.ts';

const sumCents = (late: readonly LateCharge[]): number => late.reduce((sum, { run }) => sum + chargedCents(run), 0);

const STANDING: Readonly<Record<LateCharge['what'], string>> = {
  late: '',
  gone: ' · no longer on the ticket',
  unchecked: " · couldn't be checked",
};

/** What is to be seen to on one ticket, and the way out. */
const ticketBlocks = (charges: readonly LateCharge[], links: Links): readonly KnownBlock[] => {
  const ticket = charges[0]?.run.ticket;
  if (!ticket) return [];
  const late = charges.filter(({ what }) => what === 'late');
  return [
    lines(
      ticketParts(ticket, links),
      ...charges.map(({ run, what }): readonly Part[] => [
        `${lateText(run)}${STANDING[what]} · ${run.technician.name}`,
      ]),
    ),
    actions(`late:${ticket.id}`, [
      ...(late.length > 0 ? [invoiceButton(ticket.number, sumCents(late))] : []),
      linkButton('Open ticket', 'ticket', links.ticket(ticket.id)),
    ]),
  ];
};

const titleText = (late: readonly LateCharge[]): string => {
  const [what, ...others] = new Set(late.map((one) => one.what));
  const count = late.length;
  const isOne = count === 1;
  if (others.length > 0) return `${count} charges need a look`;
  switch (what) {
    case 'gone':
      return isOne ? 'a charge is no longer on its ticket' : `${count} charges are no longer on their tickets`;
    case 'unchecked':
      return `couldn't check whether ${isOne ? 'a charge was' : `${count} charges were`} invoiced`;
    default:
      return `${isOne ? 'a charge is' : `${count} charges are`} still on no invoice`;
  }
};

/** A customer's lines that their recurring invoice is not known to have taken. */
const lateMessage = (late: readonly LateCharge[], links: Links): Reply => {
  const who = shorten(late[0]?.run.ticket.customerName.trim() || 'A customer', 80);
  const title = `! ${who}: ${titleText(late)}, ${formatMoney(sumCents(late))}`;
  const byTicket = Map.groupBy(late, ({ run }) => run.ticket.id);
  return reply(title, [header(title), ...[...byTicket.values()].flatMap((charges) => ticketBlocks(charges, links))]);
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
    const marks = { eventType: EVENT_TYPE, payload: { runs: late.map(({ run }) => run.id).join(' ') } };
    return postMarked(clients.once, { channel, reply: lateMessage(late, links), ...marks }, (failure) =>
      log.warn({ slackUser, ...failure }, 'Slack did not take a message about charges'),
    );
  },

  find: async ({ slackUser }, runId, since) => {
    const channel = await openDm(clients.background, slackUser, log);
    const isIt = (found: unknown): boolean => payload.safeParse(found).data?.runs.split(' ').includes(runId) ?? false;
    return lookForMarked(clients.background, { channel, since, eventType: EVENT_TYPE, isIt });
  },
});
