import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { authorBlock, TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import type { Asked } from '../../../slack/asked.ts';
import { note } from '../../../slack/blocks.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import {
  chosen,
  type FormValues,
  fieldErrors,
  readFormId,
  readValues,
  typed,
} from '../../../slack/forms/form-values.ts';
import { CLEAR, type Submit, sendForm } from '../../../slack/forms/submitted.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/audience-input.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import { type About, aboutBlocks, notReady } from '../../tickets/slack/ticket-about.ts';
import { unbilledRows } from '../../tickets/slack/unbilled-words.ts';
import type { CloseChoice, CloseHeader, CloseUse } from '../closing.ts';

export const CLOSE_FORM = 'close';
export const CLOSE_BACK = 'close:back';

export const closeTitle = (number: TicketNumber): string => `Close #${number}`;

export type CloseDraft = { readonly resolution: string; readonly audience: string };

export type CloseFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  /** Stands under the fields; `null`: what is not billed is not read yet, and nobody should close before having seen it. */
  readonly below: readonly KnownBlock[] | null;
  readonly draft: Partial<CloseDraft>;
  readonly about: About;
};

const inputs = (draft: Partial<CloseDraft>): readonly KnownBlock[] => [
  {
    type: 'input',
    block_id: 'resolution',
    optional: true,
    label: { type: 'plain_text', text: 'Resolution' },
    hint: { type: 'plain_text', text: 'What was done, as a comment. Empty: no comment, only the status.' },
    element: {
      type: 'plain_text_input',
      action_id: 'resolution',
      multiline: true,
      max_length: FIELD_LENGTH,
      ...(draft.resolution ? { initial_value: draft.resolution } : {}),
    },
  },
  audienceInput(draft.audience ?? 'email'),
];

export const closeView = ({ formId, number, below, draft, about }: CloseFormState): ModalView => ({
  type: 'modal',
  callback_id: CLOSE_FORM,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text', text: closeTitle(number) },
  close: { type: 'plain_text', text: 'Cancel' },
  ...(below ? { submit: { type: 'plain_text', text: 'Close ticket' } as const } : {}),
  blocks: [...aboutBlocks(about), ...(below ? [...inputs(draft), ...below] : notReady(about, CLOSE_BACK))],
});

const schema = z.object({
  resolution: z.string().trim().max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
  audience: audienceField,
});

export type ParsedClose =
  | { readonly ok: true; readonly draft: CloseDraft; readonly choice: CloseChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const parseClose = (values: FormValues): ParsedClose => {
  const draft: CloseDraft = { resolution: typed(values, 'resolution'), audience: chosen(values, 'audience') };
  const parsed = schema.safeParse(draft);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { resolution, audience } = parsed.data;
  return { ok: true, draft, choice: { resolution: resolution === '' ? null : resolution, audience } };
};

/** Ends the clock of the service level, and may mail by itself; so do statuses that are named after it. */
const MAILS_BY_ITSELF = /^resolved/i;

const about = (header: CloseHeader, now: number): About => {
  const { ticket, emailTo, status, isClosed, unbilled } = header;
  return {
    ticket,
    facts: [
      ...(isClosed ? [] : [`${ticket.status} → ${status}`]),
      ...(emailTo === null ? [] : [`E-mail goes to ${emailTo}.`]),
    ],
    warnings: [
      ...(isClosed ? [[`It is ${status} already.`]] : []),
      ...(emailTo === null ? [['Syncro has no e-mail address for this customer.']] : []),
      ...(emailTo !== null && ticket.customerNoEmail ? [[TOLD_NOT_TO_EMAIL]] : []),
      ...unbilledRows(unbilled, ticket.number, now),
    ],
  };
};

/** What stands under the fields: whose name it carries, and what Syncro does without being asked. */
const below = ({ status, isClosed, author }: CloseHeader): readonly KnownBlock[] => [
  ...(MAILS_BY_ITSELF.test(status) && !isClosed
    ? [note('Syncro itself may e-mail the customer that it is resolved: a setting of the account.')]
    : []),
  authorBlock(author),
];

const parts = ({ deps, use, technician }: Asked<CloseUse>, number: TicketNumber, draft: Partial<CloseDraft>) => {
  let ready: readonly KnownBlock[] | null = null;
  return {
    view: (formId: string, known: About) => closeView({ formId, number, below: ready, draft, about: known }),
    about: async (formId: string): Promise<About> => {
      const header = await use.closing.header(technician, number, formId);
      ready = below(header);
      return about(header, deps.clock.now());
    },
  };
};

export const openCloseForm = (asked: Asked<CloseUse>, number: TicketNumber): Promise<void> =>
  openOnTicket(asked, number, { title: closeTitle(number), ...parts(asked, number, {}) });

/** The form as it was left, with everything that was typed. */
export const showCloseFormAgain = async (asked: Asked<CloseUse>, formId: string, viewId: string): Promise<void> => {
  const { deps, use, technician, command } = asked;
  const { ticketNumber, draft } = await use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  const { view, about: read } = parts(asked, ticketNumber, draft);
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => view(formId, known),
    about: () =>
      read(formId).catch(
        (error: unknown): About => ({
          problem: failureReply(deps, error, { command, writing: true, who: technician.name }),
        }),
      ),
  });
};

const closeTicket: Submit<CloseUse> = async (submitted) => {
  const { use, technician, view } = submitted;
  const parsed = parseClose(readValues(view.values));
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  const { number } = await use.opened.onTicket(technician, formId);
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const sending = {
    title: closeTitle(number),
    meanwhile: 'Reading the ticket from Syncro',
    back: { actionId: CLOSE_BACK, formId },
  };
  return sendForm(submitted, sending, async () => {
    const closed = await use.closing.close(technician, formId, parsed.choice);
    if (closed.result === 'started') return CLEAR;
    const resolution = `It is ${closed.status} already. Write a resolution to post, or cancel.`;
    return { response_action: 'errors', errors: { resolution } };
  });
};

export const closeForms: Readonly<Record<string, Submit<CloseUse>>> = { [CLOSE_FORM]: closeTicket };
