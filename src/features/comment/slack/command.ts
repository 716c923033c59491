import type { Asked } from '../../../slack/asked.ts';
import { command, understood } from '../../../slack/feature.ts';
import { formOn } from '../../tickets/slack/on-ticket.ts';
import { withTicket } from '../../tickets/slack/typed-ticket.ts';
import { commentForm } from './form.ts';
import type { CommentUse } from './use.ts';

export const commentCommand = command({
  name: 'comment',
  usage: 'comment <number> [<text>]',
  does: 'comment on a ticket: e-mailed, in the portal or internal; previewed first',
  example: 'comment 32164 Rebooted, please check.',
  writes: true,
  parse: (words, text) =>
    withTicket('comment 32164', words, (ticket) =>
      understood({ ticket, text: text.slice(words[0]?.length ?? 0).trim() || null }),
    ),
  run: (asked: Asked<CommentUse>, { ticket, text }) =>
    formOn(asked, ticket, (opening, number) =>
      commentForm.open(opening, number, text === null ? {} : { comment: text }),
    ),
});
