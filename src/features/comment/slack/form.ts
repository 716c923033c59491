import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  authorLine,
  equalCommentWords,
  NO_ADDRESS,
  readersOf,
  TOLD_NOT_TO_EMAIL,
  ticketParts,
} from '../../../runs/slack/words.ts';
import { line, quote } from '../../../slack/blocks.ts';
import { alert } from '../../../slack/forms/alert.ts';
import { chosen, type FormValues, parseDraft, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/inputs.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { CommentChoice, CommentPreview } from '../prepare.ts';
import type { CommentUse } from './use.ts';

const COMMENT_FORM = 'comment';
export const COMMENT_BACK = 'comment:back';

export type CommentDraft = { readonly comment: string; readonly audience: string };

const titleOf = (number: TicketNumber): string => `Comment on #${number}`;

/** Nobody is preset as the audience: a comment can't be taken back. */
const view = (formId: string, number: TicketNumber, draft: Partial<CommentDraft>, about: About): ModalView =>
  modal({
    callbackId: COMMENT_FORM,
    kept: { formId },
    title: titleOf(number),
    submit: 'Preview',
    tellsClosing: true,
    blocks: [
      ...aboutBlocks(about),
      longTextInput({ field: 'comment', label: 'Comment', value: draft.comment }),
      audienceInput({ preset: draft.audience ?? null }),
    ],
  });

const schema = z
  .object({ comment: textField().min(1, 'Write the comment.'), audience: audienceField })
  .transform(({ comment, audience }): CommentChoice => ({ body: comment, audience }));

const filledIn = (values: FormValues): CommentDraft => ({
  comment: typed(values, 'comment'),
  audience: chosen(values, 'audience'),
});

export const commentForm = ticketForm<CommentUse, CommentDraft>({
  kind: COMMENT_FORM,
  filledIn,
  title: titleOf,
  filledWith: ({ use, technician }, number) => ({
    view: (formId, about, draft) => view(formId, number, draft, about),
    about: async () => {
      const { ticket, emailTo, noEmail } = await use.commenting.header(technician, number);
      return {
        ticket,
        facts: [emailTo === null ? 'Syncro has no email address for this customer.' : `Email goes to ${emailTo}.`],
        ...(emailTo !== null && noEmail ? { warnings: [[TOLD_NOT_TO_EMAIL]] } : {}),
      };
    },
  }),
});

const alerts = ({ choice, emailTo, noEmail, equal }: CommentPreview): readonly KnownBlock[] => [
  ...(equal ? [alert('error', equalCommentWords(equal))] : []),
  ...(choice.audience === 'email' && emailTo === null ? [alert('warning', [NO_ADDRESS])] : []),
  ...(choice.audience === 'email' && emailTo !== null && noEmail ? [alert('warning', [TOLD_NOT_TO_EMAIL])] : []),
];

const buttonText = ({ choice, addressee, emailTo }: CommentPreview): string => {
  switch (choice.audience) {
    case 'email':
      return emailTo === null ? 'Post comment' : `Email ${addressee}`;
    case 'portal':
      return 'Post to portal';
    case 'internal':
      return 'Post internally';
  }
};

export const commentPreview = previewForm<CommentUse, CommentChoice, CommentPreview>({
  ...{ form: COMMENT_FORM, callbackId: 'comment-preview', back: COMMENT_BACK },
  ...{ title: 'Check and post', submit: buttonText, reading: 'who gets it' },
  filledIn,
  parse: (draft) => parseDraft(schema, draft),
  preview: ({ commenting }, ...filledIn) => commenting.preview(...filledIn),
  /** The comment as it will read, and exactly who receives it. */
  blocks: (preview, links) => [
    ...alerts(preview),
    line(...ticketParts(preview.ticket, links)),
    line(...readersOf(preview.choice.audience, preview.emailTo)),
    quote(preview.choice.body),
    authorLine(preview.author),
  ],
});
