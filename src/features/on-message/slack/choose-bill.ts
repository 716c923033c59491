import type { Asked } from '../../../slack/asked.ts';
import { BILL } from './choose-ticket-purpose.ts';
import { openChooser } from './open-chooser.ts';

/** Asks which ticket is billed, with the one on top that the technician's clock runs on. */
export const chooseTicketToBill = async (asked: Asked): Promise<void> => {
  const clocks = await asked.deps.use.timers.list(asked.technician);
  const running = clocks.find(({ state }) => state === 'running')?.timer;
  await openChooser(asked, BILL, {
    draft: {},
    ...(running
      ? {
          why: 'Your timer runs on:',
          offered: [{ number: running.ticketNumber, subject: running.subject, customerName: running.customerName }],
        }
      : {}),
  });
};
