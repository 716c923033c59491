import type { Technician } from '../domain/technician.ts';
import type { TicketNumber } from '../domain/ticket.ts';
import type { Work } from '../domain/work.ts';
import { AppError } from '../errors.ts';
import type { Clock, Draft, Form, Forms, Ids, Runs } from './ports.ts';

type Deps = {
  readonly forms: Forms;
  readonly runs: Pick<Runs, 'byForm'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

type Opening = {
  readonly ticketNumber: TicketNumber | null;
  readonly timerId?: string | null;
  /** What it is opened with, where that must be found again. */
  readonly draft?: Draft | null;
};

/** What is remembered of an opened form: what was typed, and what its preview showed. */
export const createOpenedForms = ({ forms, runs, clock, ids }: Deps) => {
  /** @throws AppError stale: forgotten, or somebody else's */
  const own = async (technician: Technician, formId: string): Promise<Form> => {
    const form = await forms.get(formId);
    if (!form || form.technician !== technician.slackUser)
      throw new AppError('stale', 'This form is too old. Open it again.');
    return form;
  };

  /** A form about a ticket that exists. @throws AppError stale */
  const onTicket = async (technician: Technician, formId: string) => {
    const form = await own(technician, formId);
    if (form.ticketNumber === null) throw new AppError('stale', 'This form is too old. Open it again.');
    return { ...form, number: form.ticketNumber };
  };

  return {
    own,
    onTicket,

    /** One form, one piece of work: what was confirmed once is not offered a second time. @throws AppError stale */
    toPreview: async (technician: Technician, formId: string) => {
      const form = await own(technician, formId);
      const sent = await runs.byForm(formId);
      if (sent)
        throw new AppError(
          'stale',
          `This form was confirmed before (ref ${sent.ref}). To do the same once more, open a new form.`,
        );
      if (form.ticketNumber === null) throw new AppError('stale', 'This form is too old. Open it again.');
      return { ...form, ticketNumber: form.ticketNumber };
    },

    /** @returns the new form's id */
    open: async (technician: Technician, { ticketNumber, timerId = null, draft = null }: Opening): Promise<string> => {
      const id = ids.id();
      await forms.put({
        id,
        technician: technician.slackUser,
        ticketNumber,
        timerId,
        draft,
        previewing: false,
        previewed: null,
        createdAt: clock.now(),
      });
      return id;
    },

    /** Something was chosen while the form is being filled in; the rest stays. @throws AppError stale */
    noteDraft: async (technician: Technician, formId: string, changes: Draft): Promise<void> => {
      const form = await own(technician, formId);
      await forms.put({ ...form, draft: { ...form.draft, ...changes } });
    },

    /** Keeps what was typed, so that nothing that follows can lose it. @throws AppError stale */
    keepDraft: async (technician: Technician, formId: string, draft: Draft): Promise<void> => {
      await forms.put({ ...(await own(technician, formId)), draft, previewing: true, previewed: null });
    },

    /** What is confirmed is what was seen. */
    keepPreview: async (form: Form, work: Work): Promise<void> => {
      await forms.put({ ...form, previewed: { work, at: clock.now() } });
    },

    /** Is the person still filling in the form, and not looking at the preview? @throws AppError stale */
    isBeingFilledIn: async (technician: Technician, formId: string): Promise<boolean> =>
      !(await own(technician, formId)).previewing,

    /** Back from the preview: what was typed, and the form counts as being filled in again. @throws AppError stale */
    reopen: async (technician: Technician, formId: string) => {
      const form = await own(technician, formId);
      await forms.put({ ...form, previewing: false, previewed: null });
      return { ticketNumber: form.ticketNumber, draft: form.draft ?? {} };
    },
  };
};

export type OpenedForms = ReturnType<typeof createOpenedForms>;
