import type { Handler } from '../asked.ts';
import { openCommentForm } from '../forms/open-comment.ts';
import { formOn } from './on-ticket.ts';

export const comment: Handler<'comment'> = (asked, { ticket, text }) =>
  formOn(asked, ticket, (opening, number) => openCommentForm(opening, number, text === null ? {} : { comment: text }));
