import type { KnownBlock } from '@slack/types';
import { authorBlock, TOLD_NOT_TO_EMAIL } from '../../../runs/slack/words.ts';
import type { Asked } from '../../../slack/asked.ts';
import { note } from '../../../slack/blocks.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import type { About } from '../../tickets/slack/ticket-about.ts';
import { unbilledRows } from '../../tickets/slack/unbilled-words.ts';
import type { CloseHeader } from '../close.ts';
import { type CloseDraft, closeTitle, closeView } from './form.ts';

/** Ends the clock of the service level, and may mail by itself; so do statuses that are named after it. */
const MAILS_BY_ITSELF = /^resolved/i;

const about = (header: CloseHeader, now: number): About => {
  const { ticket, emailTo, status, isClosed, unbilled } = header;
  return {
    ticket,
    facts: [
      ...(isClosed ? [] : [`${ticket.status} → ${status}`]),
      ...(emailTo === null ? [] : [`E-mail goes to ${emailTo}.`]),
    ],
    warnings: [
      ...(isClosed ? [[`It is ${status} already.`]] : []),
      ...(emailTo === null ? [['Syncro has no e-mail address for this customer.']] : []),
      ...(emailTo !== null && ticket.customerNoEmail ? [[TOLD_NOT_TO_EMAIL]] : []),
      ...unbilledRows(unbilled, ticket.number, now),
    ],
  };
};

/** What stands under the fields: whose name it carries, and what Syncro does without being asked. */
const below = ({ status, isClosed, author }: CloseHeader): readonly KnownBlock[] => [
  ...(MAILS_BY_ITSELF.test(status) && !isClosed
    ? [note('Syncro itself may e-mail the customer that it is resolved: a setting of the account.')]
    : []),
  authorBlock(author),
];

const parts = ({ deps, technician }: Asked, number: TicketNumber, draft: Partial<CloseDraft>) => {
  let ready: readonly KnownBlock[] | null = null;
  return {
    view: (formId: string, known: About) => closeView({ formId, number, below: ready, draft, about: known }),
    about: async (formId: string): Promise<About> => {
      const header = await deps.use.closing.header(technician, number, formId);
      ready = below(header);
      return about(header, deps.clock.now());
    },
  };
};

export const openCloseForm = (asked: Asked, number: TicketNumber): Promise<void> =>
  openOnTicket(asked, number, { title: closeTitle(number), ...parts(asked, number, {}) });

/** The form as it was left, with everything that was typed. */
export const showCloseFormAgain = async (asked: Asked, formId: string, viewId: string): Promise<void> => {
  const { deps, technician, command } = asked;
  const { ticketNumber, draft } = await deps.use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  const { view, about: read } = parts(asked, ticketNumber, draft);
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => view(formId, known),
    about: () =>
      read(formId).catch(
        (error: unknown): About => ({
          problem: failureReply(deps, error, { command, writing: true, who: technician.name }),
        }),
      ),
  });
};
