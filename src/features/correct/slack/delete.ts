import type { KnownBlock, ModalView } from '@slack/types';
import { touchText } from '../../../runs/rules/deletion.ts';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import { authorLine, ticketParts } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import type { Asked } from '../../../slack/asked.ts';
import { line, lines, note, type Part } from '../../../slack/blocks.ts';
import { onNumber, type Rows, writes } from '../../../slack/feature.ts';
import { alert } from '../../../slack/forms/alert.ts';
import { readFormId, readValues, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { problemView } from '../../../slack/forms/problem.ts';
import { failureOf, type Submit } from '../../../slack/forms/submitted.ts';
import { textInput } from '../../../slack/forms/text-input.ts';
import { openView, type ShownView, updateView } from '../../../slack/forms/views.ts';
import type { Links } from '../../../slack/links.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, formOf } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { parseTicketNumber } from '../../../syncro/ticket-ref.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import { DELETE_TICKET } from '../../tickets/slack/ticket-buttons.ts';
import { type DeletionPreview, lostText } from '../deletion.ts';
import type { CorrectUse } from './use.ts';

const CALLBACK = 'delete-ticket';
const AGAIN = 'ticket:delete-again';
/** More says no more. */
const MOST_REASONS = 8;

const titleOf = (number: TicketNumber): string => `Delete #${number}`;

const around = (formId: string, number: TicketNumber) => ({
  ...{ callbackId: CALLBACK, kept: { formId }, title: titleOf(number) },
});

const loading = (formId: string, number: TicketNumber): ModalView =>
  modal({ ...around(formId, number), blocks: [line('⏳ Reading everything on the ticket from Syncro …')] });

const reasons = ({ touches, timersOf }: DeletionPreview): readonly string[] => [
  ...new Set([...touches.map(touchText), ...timersOf.map((name) => `${shorten(name, 80)} has a timer on it.`)]),
];

/** Why it is not deleted here. */
const refusal = (preview: DeletionPreview, links: Links): readonly KnownBlock[] => {
  const all = reasons(preview);
  const more = all.length - MOST_REASONS;
  return [
    alert('error', ['Not deleted: other people worked on it.']),
    lines(
      ticketParts(preview.ticket, links),
      ...all.slice(0, MOST_REASONS).map((text): readonly Part[] => [`• ${text}`]),
      ...(more > 0 ? [[`and ${more} more`] as const] : []),
    ),
    note('Only a ticket that nobody else touched can be deleted from Slack. Close it, or delete it in Syncro.'),
  ];
};

const deleteView = (formId: string, preview: DeletionPreview, links: Links): ModalView => {
  const { ticket, lost, author } = preview;
  const { number } = ticket;
  if (reasons(preview).length > 0) return modal({ ...around(formId, number), blocks: refusal(preview, links) });
  return modal({
    ...around(formId, number),
    submit: 'Delete ticket',
    blocks: [
      alert('error', [`#${number} will be deleted from Syncro for good. This can't be undone.`]),
      lines(ticketParts(ticket, links), [`This also deletes: ${lostText(lost)}`]),
      line(
        "Attachments, appointments and worksheets are deleted too. I can't see whose they are, so check Syncro first.",
      ),
      textInput({ field: 'number', label: 'Ticket number', hint: `Type ${number} to delete it.`, value: undefined }),
      authorLine(author),
    ],
  });
};

const failed = (formId: string, number: TicketNumber, words: Reply): ModalView =>
  problemView(titleOf(number), words, { back: { actionId: AGAIN, formId } });

const fillIn = async (asked: Asked<CorrectUse>, formId: string, number: TicketNumber, shown: ShownView) => {
  const { deps, use, technician, command } = asked;
  const view = await use.deletion.look(technician, formId).then(
    (read) => deleteView(formId, read, deps.links),
    (error: unknown) =>
      failed(formId, number, failureReply(deps, error, { command, writing: true, who: technician.name })),
  );
  await updateView(deps, shown, view);
};

const open: Action<CorrectUse> = async (pressed) => {
  const { deps, use, technician, triggerId, channel } = pressed;
  use.deletion.mustBeAdmin(technician);
  const number = numberOf(pressed.value);
  const formId = await use.opened.open(technician, { ticketNumber: number, askedIn: channel });
  await fillIn(pressed, formId, number, await openView(deps, triggerId, loading(formId, number)));
};

/** The same with what is true now. */
const again: Action<CorrectUse> = async (pressed) => {
  const { formId, viewId } = formOf(pressed);
  const { number } = await pressed.use.opened.onTicket(pressed.technician, formId);
  const shown = await updateView(pressed.deps, { id: viewId, hash: null }, loading(formId, number));
  if (shown) await fillIn(pressed, formId, number, shown);
};

export const deleteButtons: NonNullable<Rows<CorrectUse>['buttons']> = {
  [DELETE_TICKET]: writes(open, onNumber('ticket')),
  [AGAIN]: writes(again),
};

/** Nothing is deleted by a slip: whoever means it types which. */
const deleteTicket: Submit<CorrectUse> = async (submitted) => {
  const { use, technician, view } = submitted;
  use.deletion.mustBeAdmin(technician);
  const { number } = await use.opened.onTicket(technician, readFormId(view.metadata) ?? '');
  if (parseTicketNumber(typed(readValues(view.values), 'number')) !== number)
    return {
      answer: { response_action: 'errors', errors: { number: `This is not #${number}. Nothing was deleted.` } },
    };
  return confirmPreview((_, formId, error) => failed(formId, number, failureOf(submitted, error)))(submitted);
};

export const deleteForms: Readonly<Record<string, Submit<CorrectUse>>> = { [CALLBACK]: deleteTicket };
