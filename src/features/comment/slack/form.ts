import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import type { Asked } from '../../../slack/asked.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/audience-input.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import type { CommentChoice, CommentHeader, CommentUse } from '../prepare.ts';

export const COMMENT_FORM = 'comment';

export type CommentDraft = { readonly comment: string; readonly audience: string };

export type CommentFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly draft: Partial<CommentDraft>;
  readonly about: About;
};

/** Nobody is preset as the audience: a comment can't be taken back. */
export const commentView = ({ formId, number, draft, about }: CommentFormState): ModalView => ({
  type: 'modal',
  callback_id: COMMENT_FORM,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text', text: `Comment on #${number}` },
  submit: { type: 'plain_text', text: 'Preview' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    ...aboutBlocks(about),
    {
      type: 'input',
      block_id: 'comment',
      label: { type: 'plain_text', text: 'Comment' },
      element: {
        type: 'plain_text_input',
        action_id: 'comment',
        multiline: true,
        max_length: FIELD_LENGTH,
        ...(draft.comment ? { initial_value: draft.comment } : {}),
      },
    },
    audienceInput(draft.audience ?? null),
  ],
});

const schema = z.object({
  comment: z.string().trim().min(1, 'Write the comment.').max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
  audience: audienceField,
});

export type ParsedComment =
  | { readonly ok: true; readonly draft: CommentDraft; readonly choice: CommentChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const parseComment = (values: FormValues): ParsedComment => {
  const draft: CommentDraft = { comment: typed(values, 'comment'), audience: chosen(values, 'audience') };
  const parsed = schema.safeParse(draft);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  return { ok: true, draft, choice: { body: parsed.data.comment, audience: parsed.data.audience } };
};

const about = ({ ticket, emailTo, noEmail }: CommentHeader): About => ({
  ticket,
  facts: [emailTo === null ? 'Syncro has no e-mail address for this customer.' : `E-mail goes to ${emailTo}.`],
  ...(emailTo !== null && noEmail ? { warnings: [[TOLD_NOT_TO_EMAIL]] } : {}),
});

/** Opens the comment form, or puts it into a view that is open. */
export const openCommentForm = (
  asked: Asked<CommentUse>,
  number: TicketNumber,
  draft: Partial<CommentDraft>,
  viewId?: string,
): Promise<void> =>
  openOnTicket(
    asked,
    number,
    {
      title: `Comment on #${number}`,
      view: (formId, known) => commentView({ formId, number, draft, about: known }),
      about: async () => about(await asked.use.commenting.header(asked.technician, number)),
    },
    viewId,
  );

/** The form as it was left, with everything that was typed. */
export const showCommentFormAgain = async (asked: Asked<CommentUse>, formId: string, viewId: string): Promise<void> => {
  const { ticketNumber, draft } = await asked.use.opened.reopen(asked.technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => commentView({ formId, number: ticketNumber, draft, about: known }),
    about: async () => about(await asked.use.commenting.header(asked.technician, ticketNumber)),
  });
};
