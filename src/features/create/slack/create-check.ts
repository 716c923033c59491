import type { KnownBlock, ModalView } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines } from '../../../slack/blocks.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { backButton } from '../../../slack/forms/problem.ts';
import type { Links } from '../../../slack/links.ts';
import { age } from '../../tickets/slack/ticket-line.ts';
import type { Created } from '../prepare.ts';

export const CREATE_CHECK = 'create-check';
export const CREATE_BACK = 'create:back';
export const CREATE_COMMENT = 'create:comment';
export const CHECK_CREATE = 'Check and create';

const SHOWN = 5;

/** Open tickets that may be about the same: the person decides whether another one is needed. */
export const createCheckView = (
  formId: string,
  { customerName, similar }: Created & { result: 'similar' },
  links: Links,
  now: number,
): ModalView => {
  const what = similar.length === 1 ? 'an open ticket with a similar subject' : 'open tickets with similar subjects';
  const tickets = similar.slice(0, SHOWN).flatMap(({ ticket, technicianName }): readonly KnownBlock[] => {
    const about = [ticket.status, age(ticket.updatedAt, now), technicianName ?? 'nobody'].filter(Boolean).join(' · ');
    return [
      lines(
        [
          { link: links.ticket(ticket.id), text: `#${ticket.number}` },
          ' ',
          { bold: shorten(ticket.subject, 300) || 'no subject' },
        ],
        [shorten(about, 200)],
      ),
      actions(`similar:${ticket.number}`, [
        button(`Comment on #${ticket.number}`, CREATE_COMMENT, { value: String(ticket.number) }),
      ]),
    ];
  });
  return modal({
    callbackId: CREATE_CHECK,
    kept: { formId },
    title: CHECK_CREATE,
    submit: 'Create anyway',
    blocks: [
      line({ bold: '! ' }, { bold: shorten(customerName, 150) }, ` has ${what}:`),
      ...tickets,
      ...(similar.length > SHOWN ? [line(`and ${similar.length - SHOWN} more`)] : []),
      backButton(CREATE_BACK),
    ],
  });
};
