import { BILL_BACK } from '../forms/bill-preview.ts';
import { chooseTicketToBill } from '../forms/choose-bill.ts';
import { COMMENT_BACK } from '../forms/comment-preview.ts';
import { openBillForm, showBillFormAgain } from '../forms/open-bill.ts';
import { openCommentForm, showCommentFormAgain } from '../forms/open-comment.ts';
import { type Actions, formOf, numberOf } from './pressed.ts';

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
