import { formatHours } from '../../../shared/minutes.ts';
import type { Asked } from '../../../slack/asked.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import type { About } from '../../tickets/slack/ticket-about.ts';
import type { BillHeader } from '../prepare.ts';
import { type BillDraft, billView } from './form.ts';

const about = ({ ticket, prepaidHundredths }: BillHeader): About => ({
  ticket,
  beside: `prepaid ${formatHours(prepaidHundredths ?? 0)} h`,
});

type Where = {
  /** A view that is open already and becomes the form. */
  readonly viewId?: string;
  /** The clock that the minutes come from. */
  readonly timerId?: string | null;
  /** What was typed and not understood. */
  readonly notUnderstood?: string;
};

/** Opens the bill form, or puts it into a view that is open. */
export const openBillForm = (
  asked: Asked,
  number: TicketNumber,
  draft: Partial<BillDraft>,
  { viewId, timerId = null, notUnderstood }: Where = {},
): Promise<void> => {
  const { deps, technician } = asked;
  return openOnTicket(
    asked,
    number,
    {
      title: `Bill #${number}`,
      view: (formId, known) => billView({ formId, number, labor: deps.labor, draft, notUnderstood, about: known }),
      about: async () => about(await deps.use.billing.header(technician, number)),
      timerId,
    },
    viewId,
  );
};

/** The form as it was left, with everything that was typed; its header is read again. */
export const showBillFormAgain = async (asked: Asked, formId: string, viewId: string): Promise<void> => {
  const { deps, technician } = asked;
  const { ticketNumber, draft } = await deps.use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => billView({ formId, number: ticketNumber, labor: deps.labor, draft, about: known }),
    about: async () => about(await deps.use.billing.header(technician, ticketNumber)),
  });
};
