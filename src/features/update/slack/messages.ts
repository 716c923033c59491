import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { TicketChange } from '../../../runs/rules/purpose.ts';
import { currentStep, type Run } from '../../../runs/rules/run.ts';
import { ending } from '../../../runs/slack/endings.ts';
import { questionRows } from '../../../runs/slack/run-questions.ts';
import { arrowsText } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines, note, type Part } from '../../../slack/blocks.ts';
import type { Links } from '../../../slack/links.ts';
import { type Reply, reply } from '../../../slack/reply.ts';
import type { Updated } from '../update-status.ts';

const NOTHING = 'Nothing was changed.';
const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** More are not read as buttons any more. */
export const MOST_OFFERED = 10;
/** Longer ones can be typed, but not carried by a button. */
const OFFERED_LENGTH = 200;
/** Slack wants each button of a block named differently. */
export const offeredStatus = (i: number): string => `update:status:${i}`;

/** For notifications and screen readers; moments are left to the eye. */
const textOf = (row: readonly Part[]): string =>
  row
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('text' in part) return part.text;
      return 'bold' in part ? part.bold : '';
    })
    .join('');

const said = (text: string, elements: readonly ActionsBlockElement[] = []): Reply =>
  reply(text, [line(text), ...(elements.length > 0 ? [actions('update', elements)] : [])]);

const statusButtons = (number: number, statuses: readonly string[]): readonly ActionsBlockElement[] =>
  statuses
    .filter((status) => status.length <= OFFERED_LENGTH)
    .slice(0, MOST_OFFERED)
    .map((status, i) => button(status, offeredStatus(i), { value: JSON.stringify({ n: number, s: status }) }));

const sameText = (number: number, { field, to }: TicketChange): string =>
  field === 'technician'
    ? `#${number} is already assigned to ${shorten(to, 80)}. ${NOTHING}`
    : `#${number} is ${shorten(to, 80)} already. ${NOTHING}`;

/** A run that was told where it was asked for, as it stands after the patience of whoever asked. */
const startedMessage = (run: Run, links: Links): Reply => {
  const { ticket, author, ref } = run;
  const name = `#${ticket.number}`;
  const link: Part = ticket.id === null ? name : { link: links.ticket(ticket.id), text: name };
  const what = arrowsText(run.kind === 'update' ? run.changes : []);
  const state = currentStep(run)?.state;
  const message = (...rows: ReadonlyArray<readonly Part[]>): Reply =>
    reply(rows.map(textOf).join(' '), [lines(...rows), note(`ref ${ref}`)]);
  if (run.state === 'done')
    return message([{ bold: 'Updated ' }, link, `: ${what} · as ${shorten(author.name, 80)}. ${ending(run)}`]);
  if (run.state === 'stopped' && state?.phase === 'asking')
    return message([{ bold: 'Not updated: ' }, link, `: ${what}.`], ...questionRows(run, state.question));
  if (run.state === 'stopped')
    return message([
      { bold: 'Stopped updating ' },
      link,
      `: ${what}. ${run.stoppedBecause ? `${run.stoppedBecause} ` : ''}${ending(run)}`,
    ]);
  if (state?.phase === 'asking')
    return message(
      [{ bold: '! Updating ' }, link, { bold: ' needs you' }, `: ${what}.`],
      ...questionRows(run, state.question),
      ['Your direct messages say what you can do.'],
    );
  return message([
    '⏳ ',
    link,
    `: ${what} is on its way, but is taking longer than usual. You'll get the result as a direct message.`,
  ]);
};

/** What came of a change that was asked for with one line or one press. */
export const updatedMessage = (updated: Updated, links: Links, command: string): Reply => {
  const { number } = updated;
  switch (updated.result) {
    case 'started':
      return startedMessage(updated.run, links);
    case 'same':
      return said(sameText(number, updated.change));
    case 'several': {
      const { typed, statuses } = updated;
      const count = COUNTS[statuses.length] ?? String(statuses.length);
      return said(
        `"${shorten(typed, 60)}" fits ${count} statuses: ${statuses.map((one) => shorten(one, 60)).join(', ')}. ${NOTHING}`,
        statusButtons(number, statuses),
      );
    }
    case 'none': {
      const { typed, near, statuses } = updated;
      const list = statuses.map((one) => shorten(one, 60)).join(', ');
      const meant = near === null ? '' : ` Did you mean ${shorten(near, 60)}?`;
      return said(
        `This Syncro account has no status "${shorten(typed, 60)}".${meant} It has: ${list}. ${NOTHING}`,
        near === null ? [] : statusButtons(number, [near]),
      );
    }
    case 'no_invoice':
      return said(
        `#${number} has no invoice, so its status is not set to ${shorten(updated.status, 60)}. ${NOTHING} ${command} bill ${number} creates one and sets the status.`,
        [button('Bill', 'bill:open', { value: String(number) })],
      );
  }
};

/** Blocks of a message without its buttons, for a card that has its own. */
export const withoutButtons = ({ text, blocks }: Reply): Reply => ({
  text,
  blocks: blocks.filter((block: KnownBlock) => block.type !== 'actions'),
});
