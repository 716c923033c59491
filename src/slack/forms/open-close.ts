import type { CloseHeader } from '../../app/close-ticket.ts';
import type { TicketNumber } from '../../domain/ticket.ts';
import type { Asked } from '../asked.ts';
import { authorText } from '../messages/bill-words.ts';
import { unbilledTexts } from '../messages/unbilled-words.ts';
import { failureReply } from '../person.ts';
import { type CloseDraft, closeTitle, closeView } from './close.ts';
import { openOnTicket, showAgain } from './open-on-ticket.ts';
import type { About } from './ticket-about.ts';

/** Ends the clock of the service level, and may mail by itself; so do statuses that are named after it. */
const MAILS_BY_ITSELF = /^resolved/i;

const about = (header: CloseHeader, now: number): About => {
  const { ticket, emailTo, status, isClosed, unbilled, author } = header;
  return {
    ticket,
    facts: [
      isClosed ? `! It is ${status} already.` : `${ticket.status} → ${status}`,
      emailTo === null ? '! Syncro has no e-mail address for this customer.' : `E-mail goes to ${emailTo}.`,
      ...unbilledTexts(unbilled, ticket.number, now).map((text) => ['! ', ...text]),
      ...(MAILS_BY_ITSELF.test(status) && !isClosed
        ? ['Syncro may mail the customer by itself when a ticket is resolved; that is a setting of the account.']
        : []),
      authorText(author),
    ],
  };
};

const parts = ({ deps, technician }: Asked, number: TicketNumber, draft: Partial<CloseDraft>) => {
  let ready = false;
  return {
    view: (formId: string, known: About) => closeView({ formId, number, ready, draft, about: known }),
    about: async (): Promise<About> => {
      const header = await deps.use.closing.header(technician, number);
      ready = true;
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
      read().catch(
        (error: unknown): About => ({
          problem: failureReply(deps, error, { command, writing: true, who: technician.name }),
        }),
      ),
  });
};
