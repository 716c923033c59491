import { openBillForm, showBillFormAgain } from '../features/bill/slack/open-bill.ts';
import { BILL_BACK } from '../features/bill/slack/preview.ts';
import { openCommentForm, showCommentFormAgain } from '../features/comment/slack/open-comment.ts';
import { COMMENT_BACK } from '../features/comment/slack/preview.ts';
import { chooseTicketToBill } from '../features/on-message/slack/choose-bill.ts';
import { type Actions, formOf, numberOf } from '../slack/pressed.ts';

/** Buttons that open a form, and the way back from its preview. */
export const formActions: Actions = {
  'bill:choose': (pressed) => chooseTicketToBill(pressed),
  'bill:open': (pressed) => openBillForm(pressed, numberOf(pressed.value), {}),
  [BILL_BACK]: async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showBillFormAgain(pressed, formId, viewId);
  },
  'comment:open': (pressed) => openCommentForm(pressed, numberOf(pressed.value), {}),
  [COMMENT_BACK]: async (pressed) => {
    const { formId, viewId } = formOf(pressed);
    await showCommentFormAgain(pressed, formId, viewId);
  },
};
