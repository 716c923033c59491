import type { BillDraft } from '../../app/ports.ts';
import type { TicketNumber } from '../../domain/ticket.ts';
import { isAppError } from '../../errors.ts';
import type { Asked } from '../asked.ts';
import { failureReply } from '../person.ts';
import { billView, noTicketView } from './bill.ts';
import { openView, updateView } from './views.ts';

/**
 * Opens the bill form at once with what is remembered, then fills in what Syncro says. Nothing is read before opening:
 * the trigger dies after 3 seconds.
 */
export const openBillForm = async (asked: Asked, number: TicketNumber, draft: Partial<BillDraft>): Promise<void> => {
  const { deps, technician } = asked;
  const { billing } = deps.use;
  const { formId, known } = await billing.open(technician, number);
  const state = { formId, number, labor: deps.labor, draft };
  const opened = await openView(deps, asked.triggerId, billView({ ...state, about: known ? { ticket: known } : null }));
  const view = await billing.header(technician, number).then(
    (about) => billView({ ...state, about }),
    (error: unknown) => {
      const problem = failureReply(deps, error, { command: asked.command, writing: true, who: technician.name });
      // A form for a ticket that does not exist leads nowhere; any other trouble leaves what is being typed alone.
      if (isAppError(error) && error.code === 'not_found') return noTicketView(number, problem);
      return billView({ ...state, about: { problem } });
    },
  );
  // Whoever was quicker than Syncro has moved on to the preview: then this view is not theirs any more.
  if (await billing.isBeingFilledIn(technician, formId)) await updateView(deps, opened, view);
};

/** The form as it was left, with everything that was typed; its header is read again. */
export const showBillFormAgain = async ({ deps, technician }: Asked, formId: string, viewId: string): Promise<void> => {
  const { billing } = deps.use;
  const form = await billing.reopen(technician, formId);
  const state = { formId, number: form.ticketNumber, labor: deps.labor, draft: form.draft };
  const about = await billing.remembered(form.ticketNumber);
  const shown = await updateView(deps, { id: viewId, hash: null }, billView({ ...state, about }));
  if (!shown) return;
  const header = await billing.header(technician, form.ticketNumber).catch(() => null);
  if (header && (await billing.isBeingFilledIn(technician, formId)))
    await updateView(deps, shown, billView({ ...state, about: header }));
};
