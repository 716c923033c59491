import { chooseTicketToBill } from '../forms/choose-bill.ts';
import { openCreateForm } from '../forms/open-create.ts';
import type { TakeShortcut } from './shortcut.ts';

export const billTime: TakeShortcut = (asked) => chooseTicketToBill(asked);

export const newTicket: TakeShortcut = (asked) => openCreateForm(asked, {});
