import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { changedText } from '../../../runs/rules/changed-words.ts';
import { authorBlock, equalCommentWords, TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import { shorten } from '../../../shared/text.ts';
import { line, note, quote } from '../../../slack/blocks.ts';
import {
  chosen,
  type FormValues,
  type Parsed,
  parseDraft,
  readAuthorId,
  readFormId,
  readValues,
  typed,
} from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { type Back, problemView } from '../../../slack/forms/problem.ts';
import { CLEAR, type Submit, sendForm } from '../../../slack/forms/submitted.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import { readable } from '../../../slack/html.ts';
import { reply } from '../../../slack/reply.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/inputs.ts';
import { type About, aboutBlocks, notReady } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import { unbilledRows } from '../../tickets/slack/unbilled-words.ts';
import type { CloseChoice, CloseHeader } from '../closing.ts';
import type { SinceOpened } from '../since-opened.ts';
import type { CloseUse } from './use.ts';

const CLOSE_FORM = 'close';
export const CLOSE_BACK = 'close:back';

const titleOf = (number: TicketNumber): string => `Close #${number}`;

type CloseDraft = { readonly resolution: string; readonly audience: string };

type CloseFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  /** Stands under the fields; `null`: what is not billed is not read yet, and nobody should close before having seen it. */
  readonly below: readonly KnownBlock[] | null;
  /** Under whose name they say that it sends. */
  readonly authorId?: number | undefined;
  readonly draft: Partial<CloseDraft>;
  readonly about: About;
};

const inputs = (draft: Partial<CloseDraft>): readonly KnownBlock[] => [
  longTextInput({
    field: 'resolution',
    label: 'Resolution',
    hint: 'Added as a comment. Leave blank to change only the status.',
    optional: true,
    value: draft.resolution,
  }),
  audienceInput({ preset: draft.audience ?? 'email' }),
];

export const closeView = ({ formId, number, below, authorId, draft, about }: CloseFormState): ModalView =>
  modal({
    callbackId: CLOSE_FORM,
    kept: { formId, authorId },
    title: titleOf(number),
    tellsClosing: true,
    ...(below ? { submit: 'Close ticket' } : {}),
    blocks: [...aboutBlocks(about), ...(below ? [...inputs(draft), ...below] : notReady(about, CLOSE_BACK))],
  });

const schema = z
  .object({ resolution: textField(), audience: audienceField })
  .transform(({ resolution, audience }): CloseChoice => ({ resolution: resolution || null, audience }));

const filledIn = (values: FormValues): CloseDraft => ({
  resolution: typed(values, 'resolution'),
  audience: chosen(values, 'audience'),
});

export const parseClose = (values: FormValues): Parsed<CloseDraft, CloseChoice> => parseDraft(schema, filledIn(values));

/** Ends the clock of the service level, and may mail by itself; so do statuses that are named after it. */
const MAILS_BY_ITSELF = /^resolved/i;

const about = (header: CloseHeader): About => {
  const { ticket, emailTo, status, isClosed, unbilled, equal } = header;
  return {
    ticket,
    facts: [
      ...(isClosed ? [] : [`${ticket.status} → ${status}`]),
      ...(emailTo === null ? [] : [`Email goes to ${emailTo}.`]),
    ],
    warnings: [
      ...(equal ? [equalCommentWords(equal)] : []),
      ...(isClosed ? [[`It is already ${status}.`]] : []),
      ...(emailTo === null ? [['Syncro has no email address for this customer.']] : []),
      ...(emailTo !== null && ticket.customerNoEmail ? [[TOLD_NOT_TO_EMAIL]] : []),
      ...unbilledRows(unbilled, ticket.number),
    ],
  };
};

/** What stands under the fields: whose name it carries, and what Syncro does without being asked. */
const below = ({ status, isClosed, author }: CloseHeader): readonly KnownBlock[] => [
  ...(MAILS_BY_ITSELF.test(status) && !isClosed
    ? [note('Syncro may also email the customer, depending on your account settings.')]
    : []),
  authorBlock(author),
];

export const closeForm = ticketForm<CloseUse, CloseDraft>({
  kind: CLOSE_FORM,
  filledIn,
  title: titleOf,
  needsAbout: true,
  filledWith: ({ use, technician }, number) => {
    let header: CloseHeader | null = null;
    return {
      view: (formId, known, draft) =>
        closeView({
          ...{ formId, number, draft, about: known },
          ...{ below: header && below(header), authorId: header?.author.id },
        }),
      about: async (formId) => {
        header = await use.closing.header(technician, number, formId);
        return about(header);
      },
    };
  },
});

const MOST_COMMENTS = 3;

/** In place of the form; what was typed is behind `Back`. */
const changedView = (
  { title, back }: { readonly title: string; readonly back: Back },
  number: TicketNumber,
  { changes, comments, equal }: SinceOpened,
): ModalView => {
  const isChanged = changes.length > 0 || comments.length > 0;
  const what = [`#${number} changed while you were writing.`, ...changes.map(changedText)].join(' ');
  const more = comments.length - MOST_COMMENTS;
  const blocks = [
    ...(isChanged ? [line({ bold: '! ' }, what)] : []),
    ...comments
      .slice(0, MOST_COMMENTS)
      .flatMap(({ author, body }) => [line(`${shorten(author, 80)} wrote:`), quote(shorten(readable(body), 500))]),
    ...(more > 0 ? [line(`and ${more} more`)] : []),
    ...(equal ? [line({ bold: '! ' }, ...equalCommentWords(equal))] : []),
    line(`Nothing was sent. Press Back to ${isChanged ? 'see it as it is now' : 'change it or post it again'}.`),
  ];
  return problemView(title, reply(what, blocks), { back });
};

const closeTicket: Submit<CloseUse> = async (submitted) => {
  const { use, technician, view } = submitted;
  const parsed = parseClose(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  const { number } = await use.opened.onTicket(technician, formId);
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const sending = {
    title: titleOf(number),
    meanwhile: 'Reading the ticket from Syncro',
    back: { actionId: CLOSE_BACK, formId },
  };
  return sendForm(submitted, sending, async () => {
    const closed = await use.closing.close(technician, formId, parsed.choice, readAuthorId(view.metadata));
    if (closed.result === 'started') return CLEAR;
    if (closed.result === 'changed') return { response_action: 'update', view: changedView(sending, number, closed) };
    const resolution = `It is already ${closed.status}. Write a resolution to post, or cancel.`;
    return { response_action: 'errors', errors: { resolution } };
  });
};

export const closeForms: Readonly<Record<string, Submit<CloseUse>>> = { [CLOSE_FORM]: closeTicket };
