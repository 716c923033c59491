import { formatHours } from '../../shared/minutes.ts';
import { formatMoney } from '../../shared/money.ts';
import { shorten } from '../../shared/text.ts';
import { button } from '../../slack/blocks.ts';
import type { Links } from '../../slack/links.ts';
import type { Reply } from '../../slack/reply.ts';
import { chargedLineOf } from '../rules/charge.ts';
import type { Run } from '../rules/run.ts';
import { finished } from './endings.ts';
import { correctButton, openButtons, ticketName } from './run-words.ts';

/** Time that is logged and charged; the invoice is yet to be made. */
export const timeReceipt = (run: Run, links: Links): Reply => {
  const { number } = run.ticket;
  const line = chargedLineOf(run);
  const verb = `Logged ${line ? `${formatHours(line.quantityHundredths)} h` : 'time'} on`;
  const charged = line ? `Charged as ${shorten(line.name, 100)}, ${formatMoney(line.amountCents)}` : '';
  return finished(run, {
    verb,
    spoken: [`${verb} ${ticketName(run)}`, charged].filter(Boolean).join('. '),
    rows: [
      ...(charged === '' ? [] : [[charged]]),
      ["Not invoiced yet. It will go on this ticket's next invoice or a recurring one."],
    ],
    buttons: [
      ...openButtons(run, links),
      ...(number === null ? [] : [button('Bill', 'bill:open', { value: String(number) }), correctButton(number)]),
    ],
  });
};
