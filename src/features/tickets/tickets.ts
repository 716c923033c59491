import type { Feature, Rows } from '../../slack/feature.ts';
import { withUse } from '../../slack/feature.ts';
import type { SlackKit } from '../../slack/kit.ts';
import { type LinkedDeps, readLinkedTickets } from './linked-tickets.ts';
import { type ListDeps, listOpen } from './list-open.ts';
import { createOpenSnapshots } from './open-snapshots.ts';
import { cardButtons, ticketCommand } from './slack/card-buttons.ts';
import { linkShared } from './slack/link-shared.ts';
import { listButtons } from './slack/list-buttons.ts';
import { summaryCommand } from './slack/summary-command.ts';
import { summarizeTickets } from './summarize-tickets.ts';
import { type TicketsUse, type ViewDeps, viewTicket } from './view-ticket.ts';
import { createUninvoicedWatch, type UninvoicedWatchDeps } from './watch-uninvoiced.ts';

/** Shows tickets: one, lists of them, and those that links lead to. */
export const ticketsRows: Rows<TicketsUse> = {
  commands: [summaryCommand, ticketCommand],
  buttons: { ...cardButtons, ...listButtons },
};

type Floors = ViewDeps &
  Omit<ListDeps, 'snapshots'> &
  Parameters<typeof createOpenSnapshots>[0] &
  UninvoicedWatchDeps &
  LinkedDeps &
  Pick<TicketsUse, 'timersOf'> & { readonly kit: SlackKit };

export const createTickets = (
  floors: Floors,
): Feature & Pick<TicketsUse, 'viewTicket'> & { readonly linkShared: ReturnType<typeof linkShared> } => {
  const snapshots = createOpenSnapshots(floors);
  const use: TicketsUse = {
    ...floors,
    viewTicket: (technician, ref) => viewTicket(floors, technician, ref),
    summarize: (technician) => summarizeTickets({ snapshots }, technician),
    listOpen: (technician, query) => listOpen({ ...floors, snapshots }, technician, query),
    uninvoiced: createUninvoicedWatch(floors),
  };
  return {
    rows: withUse(use, ticketsRows),
    viewTicket: use.viewTicket,
    linkShared: linkShared(floors.kit, {
      linkedTickets: (technician, channel, ids) => readLinkedTickets(floors, technician, channel, ids),
    }),
  };
};
