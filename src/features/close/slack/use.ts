import type { TicketForms } from '../../tickets/ports.ts';
import type { Closing } from '../closing.ts';

export type CloseUse = TicketForms & { readonly closing: Closing };
