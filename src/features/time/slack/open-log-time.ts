import type { Asked } from '../../../slack/asked.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import { type LogTimeDraft, logTimeView } from './form.ts';

/** Opens the form that logs time in Syncro. @param timerId the clock that the minutes come from */
export const openLogTimeForm = (
  asked: Asked,
  number: TicketNumber,
  draft: Partial<LogTimeDraft>,
  timerId: string | null,
): Promise<void> => {
  const { deps, technician } = asked;
  return openOnTicket(asked, number, {
    title: `Log time on #${number}`,
    view: (formId, about) => logTimeView({ formId, number, labor: deps.labor, draft, about }),
    about: async () => ({ ticket: await deps.use.timeLogging.header(technician, number) }),
    timerId,
  });
};

/** The form as it was left, with everything that was typed. */
export const showLogTimeFormAgain = async (asked: Asked, formId: string, viewId: string): Promise<void> => {
  const { deps, technician } = asked;
  const { ticketNumber, draft } = await deps.use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (about) => logTimeView({ formId, number: ticketNumber, labor: deps.labor, draft, about }),
    about: async () => ({ ticket: await deps.use.timeLogging.header(technician, ticketNumber) }),
  });
};
