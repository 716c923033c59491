import type { Asked } from '../../../slack/asked.ts';
import { failureReply } from '../../../slack/person.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { openOnTicket, showAgain } from '../../tickets/slack/open-on-ticket.ts';
import type { About } from '../../tickets/slack/ticket-about.ts';
import type { UpdateFacts } from '../update-form.ts';
import { type UpdateDraft, updateTitle, updateView } from './form.ts';

/** The form, and how it learns what it offers; both are needed when it opens and when it comes back. */
const parts = ({ deps, technician }: Asked, number: TicketNumber, draft: Partial<UpdateDraft>) => {
  let facts: UpdateFacts | null = null;
  return {
    view: (formId: string, about: About) => updateView({ formId, number, facts, draft, about }),
    about: async (): Promise<About> => {
      facts = await deps.use.updateForm.facts(technician, number);
      return { ticket: facts.ticket };
    },
  };
};

/** Opens the update form, or puts it into a view that is open. */
export const openUpdateForm = (asked: Asked, number: TicketNumber): Promise<void> =>
  openOnTicket(asked, number, { title: updateTitle(number), ...parts(asked, number, {}) });

/** The form as it was left, with everything that was chosen. */
export const showUpdateFormAgain = async (asked: Asked, formId: string, viewId: string): Promise<void> => {
  const { deps, technician, command } = asked;
  const { ticketNumber, draft } = await deps.use.opened.reopen(technician, formId);
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
