import type { Confirming } from '../../../runs/start-run.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { Deletion } from '../deletion.ts';
import type { Correcting } from '../prepare.ts';

export type CorrectUse = TicketForms & Confirming & { readonly correcting: Correcting; readonly deletion: Deletion };
