import type { Technician } from '../../../shared/technician.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import type { WrittenLog } from '../write.ts';

export type SessionLogsUse = {
  readonly writeSessionLog: (technician: Technician, number: TicketNumber) => Promise<WrittenLog>;
};
