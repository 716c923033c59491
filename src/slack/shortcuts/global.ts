import { BILL } from '../forms/choose-ticket-purpose.ts';
import { openChooser } from '../forms/open-chooser.ts';
import { openCreateForm } from '../forms/open-create.ts';
import type { TakeShortcut } from './index.ts';

/** Asks which ticket, with the one on top that the technician's clock runs on. */
export const billTime: TakeShortcut = async (asked) => {
  const { runningTimer } = asked.deps.use;
  const timer = await runningTimer?.(asked.technician);
  await openChooser(asked, BILL, {
    draft: {},
    ...(timer
      ? {
          why: 'Your timer runs on:',
          offered: [{ number: timer.ticketNumber, subject: timer.subject, customerName: timer.customerName }],
        }
      : {}),
  });
};

export const newTicket: TakeShortcut = (asked) => openCreateForm(asked, {});
