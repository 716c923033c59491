import type { Confirming } from '../../../runs/start-run.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { Commenting } from '../prepare.ts';

export type CommentUse = TicketForms & Confirming & { readonly commenting: Commenting };
