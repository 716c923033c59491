import { accountRoutes } from './account.ts';
import { commentRoutes } from './comments.ts';
import { contactRoutes } from './contacts.ts';
import { contractRoutes } from './contracts.ts';
import { customerRoutes } from './customers.ts';
import { draftRoutes } from './drafts.ts';
import { invoiceRoutes } from './invoices.ts';
import { lineItemRoutes } from './line-items.ts';
import { productRoutes } from './products.ts';
import type { Route } from './route.ts';
import { scheduleRoutes } from './schedules.ts';
import { searchRoutes } from './search.ts';
import { ticketListRoutes } from './ticket-list.ts';
import { ticketRoutes } from './tickets.ts';
import { timerListRoutes } from './timer-list.ts';
import { timerRoutes } from './timers.ts';

/** First match wins: fixed paths such as `/tickets/settings` stand before `/tickets/{id}`. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...ticketListRoutes,
  ...ticketRoutes,
  ...commentRoutes,
  ...lineItemRoutes,
  ...timerRoutes,
  ...timerListRoutes,
  ...customerRoutes,
  ...contactRoutes,
  ...productRoutes,
  ...invoiceRoutes,
  ...draftRoutes,
  ...contractRoutes,
  ...scheduleRoutes,
  ...searchRoutes,
];
