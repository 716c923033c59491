import type { KnownBlock } from '@slack/types';
import { chargedLineOf } from '../../domain/charge.ts';
import { formatHours } from '../../domain/minutes.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Run } from '../../domain/run.ts';
import { shorten } from '../../domain/text.ts';
import { actions, button, lines, note } from '../blocks.ts';
import type { Links } from './links.ts';
import { type Reply, reply } from './reply.ts';
import { openButtons, ticketName } from './run-words.ts';

type Told = {
  /** One of the three endings that every write must have. */
  readonly ending: string;
  readonly seconds: string;
  readonly resumed: readonly KnownBlock[];
};

/** Time that is logged and charged; the invoice is yet to be made. */
export const timeReceipt = (run: Run, links: Links, { ending, seconds, resumed }: Told): Reply => {
  const { ticket, author, ref } = run;
  const line = chargedLineOf(run);
  const hours = line ? `${formatHours(line.quantityHundredths)} h` : 'time';
  const charged = line ? `, charged as ${shorten(line.name, 100)} ${formatMoney(line.amountCents)}` : '';
  const text = `Logged ${hours} on ${ticketName(run)}${charged}, as ${author.name}. ${ending}`;
  return reply(text, [
    lines(
      [
        { bold: `Logged ${hours} on ` },
        ...(ticket.id === null ? [ticketName(run)] : [{ link: links.ticket(ticket.id), text: ticketName(run) }]),
        ` ${shorten(ticket.subject, 150)} · ${shorten(ticket.customerName, 100)}${charged}, as ${author.name} · ${seconds}`,
      ],
      ['Not invoiced yet: the next bill of this ticket takes it along.'],
      [ending],
    ),
    ...resumed,
    actions('run', [
      ...openButtons(run, links),
      ...(ticket.number === null ? [] : [button('Bill', 'bill:open', { value: String(ticket.number) })]),
    ]),
    note(`ref ${ref}`),
  ]);
};
