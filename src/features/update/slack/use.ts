import type { Run } from '../../../runs/rules/run.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { TicketCard } from '../../tickets/view-ticket.ts';
import type { UpdateForm } from '../update-form.ts';
import type { Updating } from '../update-status.ts';

export type UpdateUse = TicketForms & {
  readonly updating: Updating;
  readonly updateForm: UpdateForm;
  readonly viewTicket: (technician: Technician, ref: TicketRef) => Promise<TicketCard>;
  /** Waits a moment for a run's outcome. */
  readonly watchRun: (run: Run, forMs: number) => Promise<Run>;
};
