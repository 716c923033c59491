import type { Handler } from '../../../slack/asked.ts';
import { formOn } from '../../tickets/slack/on-ticket.ts';
import { openCommentForm } from './open-comment.ts';

export const comment: Handler<'comment'> = (asked, { ticket, text }) =>
  formOn(asked, ticket, (opening, number) => openCommentForm(opening, number, text === null ? {} : { comment: text }));
