import type { KnownBlock } from '@slack/types';
import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { actions, button, lines, note } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import { type Reply, reply } from '../../slack/reply.ts';
import type { PlannedLine } from '../rules/bill-plan.ts';
import { chargedLineOf } from '../rules/charge.ts';
import type { Run } from '../rules/run.ts';
import { correctButton, openButtons, ticketName, ticketPart } from './run-words.ts';

type Told = {
  /** One of the three endings that every write must have. */
  readonly ending: string;
  readonly seconds: string;
  readonly resumed: readonly KnownBlock[];
};

const chargedAs = ({ name, amountCents }: PlannedLine): string => `${shorten(name, 100)} ${formatMoney(amountCents)}`;

/** Time that is logged and charged; the invoice is yet to be made. */
export const timeReceipt = (run: Run, links: Links, { ending, seconds, resumed }: Told): Reply => {
  const { ticket, author, ref } = run;
  const line = chargedLineOf(run);
  const hours = line ? `${formatHours(line.quantityHundredths)} h` : 'time';
  const charged = line ? `, charged as ${chargedAs(line)}` : '';
  const text = `Logged ${hours} on ${ticketName(run)}${charged}, as ${author.name}. ${ending}`;
  return reply(text, [
    lines(
      [
        { bold: `Logged ${hours} on ` },
        ticketPart(run, links),
        { bold: ` ${shorten(ticket.subject, 150)} · ${shorten(ticket.customerName, 100)}` },
      ],
      [line ? `Charged as ${chargedAs(line)} · as ${author.name} · ${seconds}` : `as ${author.name} · ${seconds}`],
      ["Not invoiced yet. It will go on this ticket's next invoice."],
      [ending],
    ),
    ...resumed,
    actions('run', [
      ...openButtons(run, links),
      ...(ticket.number === null
        ? []
        : [button('Bill', 'bill:open', { value: String(ticket.number) }), correctButton(ticket.number)]),
    ]),
    note(`ref ${ref}`),
  ]);
};
