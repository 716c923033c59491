import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import type { SlackKit } from '../../slack/kit.ts';
import { type LinkedDeps, readLinkedTickets } from './linked-tickets.ts';
import { type ListDeps, listCopied, listOpen, summarizeCopied, summarizeTickets } from './list-open.ts';
import { createOpenSnapshots } from './open-tickets.ts';
import type { TicketCopy } from './ports.ts';
import { cardButtons, ticketCommand } from './slack/card-buttons.ts';
import { linkShared } from './slack/link-shared.ts';
import { listButtons } from './slack/list-buttons.ts';
import { summaryCommand } from './slack/summary.ts';
import type { TicketsUse } from './slack/use.ts';
import { type ViewDeps, viewCopied, viewTicket } from './view-ticket.ts';
import { createUninvoicedWatch, type UninvoicedWatchDeps } from './watch-uninvoiced.ts';

/** Shows tickets: one, lists of them, and those that links lead to. */
export const ticketsRows: Rows<TicketsUse> = {
  commands: [summaryCommand, ticketCommand],
  buttons: { ...cardButtons, ...listButtons },
};

type Deps = ViewDeps &
  Omit<ListDeps, 'snapshots'> &
  Parameters<typeof createOpenSnapshots>[0] &
  UninvoicedWatchDeps &
  LinkedDeps & { readonly kit: SlackKit; readonly copy: TicketCopy };

export const createTickets = (
  deps: Deps,
): Feature & Pick<TicketsUse, 'viewTicket'> & { readonly linkShared: ReturnType<typeof linkShared> } => {
  const snapshots = createOpenSnapshots(deps);
  const use: TicketsUse = {
    viewTicket: (technician, ref) => viewTicket(deps, technician, ref),
    summarize: (technician) => summarizeTickets({ ...deps, snapshots }, technician),
    listOpen: (technician, query) => listOpen({ ...deps, snapshots }, technician, query),
    uninvoiced: createUninvoicedWatch(deps),
    copied: {
      ticket: (technician, ref) => viewCopied(deps, technician, ref),
      summary: (technician) => summarizeCopied(deps, technician),
      open: (technician, query) => listCopied(deps, technician, query),
    },
    linkedTickets: (...links) => readLinkedTickets(deps, ...links),
  };
  return {
    rows: withUse(use, ticketsRows),
    viewTicket: use.viewTicket,
    linkShared: linkShared(deps.kit, use),
  };
};
