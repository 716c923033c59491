import type { Asked } from '../../../slack/asked.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import type { About } from '../../tickets/slack/ticket-about.ts';
import type { UpdateFacts, UpdateUse } from '../update-form.ts';
import { type UpdateDraft, updateTitle, updateView } from './form.ts';

/** The form, and how it learns what it offers; both are needed when it opens and when it comes back. */
const parts = ({ use, technician }: Asked<UpdateUse>, number: TicketNumber, draft: Partial<UpdateDraft>) => {
  let facts: UpdateFacts | null = null;
  return {
    view: (formId: string, about: About) => updateView({ formId, number, facts, draft, about }),
    about: async (): Promise<About> => {
      facts = await use.updateForm.facts(technician, number);
      return { ticket: facts.ticket };
    },
  };
};

/** Opens the update form, or puts it into a view that is open. */
export const openUpdateForm = (asked: Asked<UpdateUse>, number: TicketNumber): Promise<void> =>
  openOnTicket(asked, number, { title: updateTitle(number), ...parts(asked, number, {}) });

/** The form as it was left, with everything that was chosen. */
export const showUpdateFormAgain = async (asked: Asked<UpdateUse>, formId: string, viewId: string): Promise<void> => {
  const { deps, use, technician, command } = asked;
  const { ticketNumber, draft } = await use.opened.reopen(technician, formId);
  if (ticketNumber === null) return;
  const { view, about } = parts(asked, ticketNumber, draft);
  await showAgain(asked, formId, viewId, ticketNumber, {
    view: (known) => view(formId, known),
    about: () =>
      about().catch(
        (error: unknown): About => ({
          problem: failureReply(deps, error, { command, writing: true, who: technician.name }),
        }),
      ),
  });
};
