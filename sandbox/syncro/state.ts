import type {
  CommentRow,
  ContactRow,
  ContractRow,
  CustomerRow,
  Email,
  InvoiceLineRow,
  InvoiceRow,
  LineRow,
  ProductRow,
  ScheduleRow,
  Settings,
  TicketRow,
  TimerRow,
  UserRow,
} from './rows.ts';

/** One Syncro account. Tests may read and change it at any time; the next request sees the change. */
export type SyncroState = {
  settings: Settings;
  users: UserRow[];
  customers: CustomerRow[];
  contacts: ContactRow[];
  products: ProductRow[];
  tickets: TicketRow[];
  comments: CommentRow[];
  lines: LineRow[];
  timers: TimerRow[];
  invoices: InvoiceRow[];
  invoiceLines: InvoiceLineRow[];
  contracts: ContractRow[];
  schedules: ScheduleRow[];
  outbox: Email[];
  next: { id: number; ticketId: number; ticketNumber: number; invoiceNumber: number };
};

/** Ids as Syncro hands them out: rising, one row of numbers for everything but tickets. */
export const nextId = (state: SyncroState): number => {
  state.next.id += 1;
  return state.next.id;
};

const rows = <T extends object>(list: readonly T[]): T[] => list.map((row) => ({ ...row }));

/**
 * A copy for stale reads. One level deep is enough, because routes replace nested values and never change them;
 * it costs a tenth of `structuredClone` and runs before every write.
 */
export const snapshot = (state: SyncroState): SyncroState => ({
  settings: { ...state.settings },
  users: rows(state.users),
  customers: rows(state.customers),
  contacts: rows(state.contacts),
  products: rows(state.products),
  tickets: rows(state.tickets),
  comments: rows(state.comments),
  lines: rows(state.lines),
  timers: rows(state.timers),
  invoices: rows(state.invoices),
  invoiceLines: rows(state.invoiceLines),
  contracts: rows(state.contracts),
  schedules: rows(state.schedules),
  outbox: rows(state.outbox),
  next: { ...state.next },
});
