import { openCreateForm } from '../../create/slack/open-create.ts';
import { chooseTicketToBill } from './choose-bill.ts';
import type { TakeShortcut } from './shortcut.ts';

export const billTime: TakeShortcut = (asked) => chooseTicketToBill(asked);

export const newTicket: TakeShortcut = (asked) => openCreateForm(asked, {});
