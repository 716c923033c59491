import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { type Target, targetText } from '../../../runs/rules/correction.ts';
import { CORRECT_TICKET } from '../../../runs/slack/run-words.ts';
import { ticketParts } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import { besideButton, button, line, lines, note, type Part } from '../../../slack/blocks.ts';
import { onNumber, type Rows, writes } from '../../../slack/feature.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { openView, updateView } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, fromAnotherTime, fromJson } from '../../../slack/pressed.ts';
import { type TicketNumber, ticketNumber } from '../../../syncro/ticket.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import { type CorrectableList, keyOf } from '../prepare.ts';
import { correctForm, titleOf } from './form.ts';
import type { CorrectUse } from './use.ts';

const PICK = 'correct:pick';
/** A view takes 100 blocks; what is not shown here is done in Syncro. */
const MOST = 30;

const view = (number: TicketNumber, blocks: readonly KnownBlock[]): ModalView =>
  modal({ callbackId: 'correct-choose', title: titleOf(number), blocks });

const ownRow = (number: TicketNumber, target: Target): KnownBlock =>
  besideButton(targetText(target), button('Correct', PICK, { value: JSON.stringify({ n: number, k: keyOf(target) }) }));

const othersRow = ({ target, by }: CorrectableList['others'][number]): readonly Part[] => [
  `${targetText(target, 60)} · `,
  { bold: by === null ? "Syncro doesn't say whose it is" : `ask ${shorten(by, 80)}` },
];

const count = (number: number, what: string): string => `${number} more ${what}`;

/** One's own to choose from, then whom to ask about the rest. */
const chooseView = (list: CorrectableList, links: Links): ModalView => {
  const { ticket, own, others, unread } = list;
  const { number } = ticket;
  return view(number, [
    line(...ticketParts(ticket, links)),
    ...(own.length === 0 ? [line('You have nothing on this ticket that is waiting to be invoiced or charged.')] : []),
    ...own.slice(0, MOST).map((target) => ownRow(number, target)),
    ...(own.length > MOST ? [note(count(own.length - MOST, 'of yours: correct them in Syncro'))] : []),
    ...(others.length > 0 ? [lines([{ bold: 'Not yours' }], ...others.slice(0, MOST).map(othersRow))] : []),
    ...(others.length > MOST ? [note(count(others.length - MOST, 'of others'))] : []),
    ...(unread > 0 ? [note(`! ${unread === 1 ? 'One' : unread} can't be read: see Syncro`)] : []),
    note('What is invoiced is corrected on the invoice, in Syncro.'),
  ]);
};

/** Opens what of a ticket can be corrected. */
const open: Action<CorrectUse> = async ({ deps, use, technician, triggerId, value, command }) => {
  const number = numberOf(value);
  const shown = await openView(deps, triggerId, view(number, [line('⏳ Reading the ticket from Syncro …')]));
  const next = await use.correcting.list(technician, number).then(
    (list) => chooseView(list, deps.links),
    (error: unknown) =>
      problemView(titleOf(number), failureReply(deps, error, { command, writing: true, who: technician.name })),
  );
  await updateView(deps, shown, next);
};

const PICKED = z.object({ n: z.number().int().min(1), k: z.string().min(1).max(40) });

/** One of them, in its place. */
const pick: Action<CorrectUse> = async (pressed) => {
  const { n, k } = fromJson(PICKED, pressed.value);
  if (!pressed.view) throw fromAnotherTime();
  await correctForm.open(pressed, ticketNumber(n), { target: k }, { viewId: pressed.view.id });
};

export const chooseButtons: NonNullable<Rows<CorrectUse>['buttons']> = {
  // The card has the button again.
  [CORRECT_TICKET]: writes(open, onNumber('ticket')),
  [PICK]: writes(pick),
};
