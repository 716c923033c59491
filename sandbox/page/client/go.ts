import { writeForThem } from './draft.ts';
import { act, look } from './server.ts';
import { change, FIRST_CHANNEL, type Place, received, ui } from './state.ts';

const fresh = { thread: null, menu: null, typeahead: null, pointed: null } as const;

/** To a channel, or to the app, which is told that its Home was opened. */
export const go = (place: Place): void => {
  const notices = ui.notices.filter(({ go: to }) => !to || JSON.stringify(to) !== JSON.stringify(place));
  change({ place, ...fresh, pane: 'slack', notices });
  if (place.kind === 'app' && place.tab === 'home') void act({ do: 'openHome' });
};

let appWas = '';

/** An app that was away when its Home was opened is asked again. */
export const askAgain = (): void => {
  const { state = '' } = received.app ?? {};
  const isBack = state === 'running' && appWas !== state;
  appWas = state;
  if (isBack && ui.place.kind === 'app' && ui.place.tab === 'home') void act({ do: 'openHome' });
};

/** A thread, or the channel again; to write there. */
export const showThread = (thread: string | null): void => {
  change({ thread, menu: null });
  writeForThem(ui.draft);
};

/** Everything from here on is done, and seen, by this person. */
export const become = (as: string): void => {
  if (as === ui.as) return;
  // Theirs are others, and come with what is heard next.
  Object.assign(received, { channels: undefined });
  ui.seen.clear();
  ui.failed.clear();
  change({ ...fresh, notices: [], slackbot: [], confirm: null, place: { kind: 'channel', id: FIRST_CHANNEL } });
  look({ as });
};

/** A ticket's or an invoice's page in Syncro: shown in Syncro's pane, because there is no such account. */
const ticketAt = (href: string): number | null => {
  const { info, tickets, ticket } = received;
  const { syncroUrl = '' } = info ?? {};
  if (syncroUrl === '' || !href.startsWith(syncroUrl)) return null;
  const [, kind, id] = /\/(tickets|invoices)\/(\d+)/.exec(href) ?? [];
  if (kind === 'tickets') return tickets?.find((each) => each.id === Number(id))?.number ?? null;
  return ticket?.invoices.some((invoice) => invoice.id === Number(id)) ? ticket.number : null;
};

/** Shows in Syncro's pane the ticket that a command names. */
export const showNamed = (command: string): void => {
  const named = Number(/\b\d{4,}\b/.exec(command)?.[0]);
  if (named !== ui.ticket && received.tickets?.some(({ number }) => number === named)) look({ ticket: named });
};

/** @returns what to say of a link: nothing here leads out of this machine. */
export const followLink = (href: string): string => {
  const number = ticketAt(href);
  if (number === null) return `This link leads to ${href}`;
  look({ ticket: number });
  change({ pane: 'syncro' });
  return `Syncro's pane shows #${number}: ${href}`;
};
