import { shorten } from '../../../shared/text.ts';
import { actions, button, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import type { Timer } from '../ports.ts';
import type { OpenTimer } from '../timers.ts';

type Titled = Pick<Timer, 'ticketId' | 'ticketNumber' | 'subject' | 'customerName'>;

/** `#32155 Printer offline · Acme West`, the number leading to its page. */
export const timerTitle = (
  { ticketId, ticketNumber, subject, customerName }: Titled,
  links: Links,
): readonly Part[] => [
  { link: links.ticket(ticketId), text: `#${ticketNumber}` },
  ` ${shorten(subject, 150)} · ${shorten(customerName, 100)}`,
];

const UNUSUAL_MINUTES = 8 * 60;

/** What should be looked at before the minutes are billed. */
export const doubts = ({ minutes, unsure }: OpenTimer): ReadonlyArray<readonly Part[]> => [
  ...(minutes > UNUSUAL_MINUTES
    ? [[{ bold: '! ' }, `${minutes} min is more than 8 hours: correct them in the form if you forgot to stop it.`]]
    : []),
  ...(unsure === null
    ? []
    : [
        [
          { bold: '! ' },
          `They may already be in Syncro, which didn't answer before ${unsure} was stopped. Check before you bill.`,
        ],
      ]),
];

const discardButton = ({ timer: { id, ticketNumber }, minutes }: OpenTimer) =>
  button('Discard', 'timer:discard', {
    value: id,
    confirm: {
      title: `Discard ${minutes} min?`,
      text: `What was measured on #${ticketNumber} will be neither billed nor logged.`,
      confirm: 'Discard',
      deny: 'Keep',
    },
  });

/** What can be done with a timer. @param block tells where it was pressed */
export const timerButtons = (open: OpenTimer, block: string) => {
  const { id } = open.timer;
  return actions(
    `${block}:${id}`,
    open.state === 'running'
      ? [button('Pause', 'timer:pause', { value: id }), button('Stop', 'timer:stop', { value: id })]
      : [
          ...(open.unsure !== null ? [] : [button('Resume', 'timer:resume', { value: id })]),
          button('Bill', 'timer:bill', { value: id }),
          button('Log in Syncro', 'timer:log', { value: id }),
          discardButton(open),
        ],
  );
};
