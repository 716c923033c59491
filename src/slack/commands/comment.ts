import type { Handler } from '../asked.ts';
import { openCommentForm } from '../forms/open-comment.ts';

export const comment: Handler<'comment'> = (asked, { number, text }) =>
  openCommentForm(asked, number, text === null ? {} : { comment: text });
