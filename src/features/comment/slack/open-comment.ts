import { TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import type { Asked } from '../../../slack/asked.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import type { About } from '../../tickets/slack/ticket-about.ts';
import type { CommentHeader } from '../prepare.ts';
import { type CommentDraft, commentView } from './form.ts';

const about = ({ ticket, emailTo, noEmail }: CommentHeader): About => ({
  ticket,
  facts: [emailTo === null ? 'Syncro has no e-mail address for this customer.' : `E-mail goes to ${emailTo}.`],
  ...(emailTo !== null && noEmail ? { warnings: [[TOLD_NOT_TO_EMAIL]] } : {}),
});

/** Opens the comment form, or puts it into a view that is open. */
export const openCommentForm = (
  asked: Asked,
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
      about: async () => about(await asked.deps.use.commenting.header(asked.technician, number)),
    },
    viewId,
  );

/** The form as it was left, with everything that was typed. */
export const showCommentFormAgain = async (asked: Asked, formId: string, viewId: string): Promise<void> => {
  const { ticketNumber, draft } = await asked.deps.use.opened.reopen(asked.technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => commentView({ formId, number: ticketNumber, draft, about: known }),
    about: async () => about(await asked.deps.use.commenting.header(asked.technician, ticketNumber)),
  });
};
