import { elementsOf } from '../../slack/elements.ts';
import { jsonOf, textOf } from '../../slack/json.ts';
import type { MessagePart, RequestPart } from '../shapes.ts';
import { change, menuKey, messages, type Path, received, ui } from './state.ts';

export const pathCommand = (ticket: number): string => `/syncro ticket ${ticket}`;

export type Step = { readonly title: string; readonly isDone: boolean };

/** The app's newest word on a ticket, in the direct messages. */
export const receiptOf = (ticket: number): MessagePart | undefined => {
  const direct = received.channels?.find(({ kind }) => kind === 'im')?.id;
  return messages().findLast(
    ({ channel, byApp, text, blocks }) =>
      byApp && channel === direct && `${text} ${JSON.stringify(blocks)}`.includes(`#${ticket}`),
  );
};

/** The button that takes the money, in its own words: on the ticket's card, and then in the form. */
const cardButton = (amount: string): string => {
  const texts = messages().flatMap(({ blocks }) =>
    elementsOf(blocks).map(({ element }) => textOf(jsonOf(element.text).text)),
  );
  return texts.findLast((text) => text.includes(amount)) ?? '';
};
const formButton = (): string => textOf(jsonOf(received.stack?.at(-1)?.source.submit).text);
const press = (button: string): string => (button === '' ? 'Take the money' : `Press “${button}”`);
const check = (button: string): string => (button === '' ? 'Check and confirm' : `Check, then press “${button}”`);

/** They tick as things happen, whoever made them happen. */
export const stepsOf = (path: Path): readonly Step[] => {
  const { ticket, amount, saidAt = Number.POSITIVE_INFINITY, hasForm = false, seconds, hasReceipt = false } = path;
  const isSent = received.requests?.some((each) => each.writes && each.ticket === ticket && each.at >= saidAt) ?? false;
  return [
    { title: 'Press Enter', isDone: path.saidAt !== undefined },
    { title: press(hasForm ? '' : cardButton(amount)), isDone: hasForm || isSent },
    { title: check(isSent ? '' : formButton()), isDone: isSent },
    { title: 'The invoice arrives', isDone: seconds !== undefined },
    { title: 'Read the receipt', isDone: hasReceipt },
  ];
};

/** A command that names the path's ticket was sent. */
export const saidOnPath = (text: string): void => {
  const { path } = ui;
  if (typeof path === 'string' || path.saidAt !== undefined || !text.includes(String(path.ticket))) return;
  change({ path: { ...path, saidAt: Date.now() } });
};

/** Sees what happened on the way: the invoice in Syncro, and whether its receipt was looked at. */
export const followPath = (): void => {
  const { path, place } = ui;
  if (typeof path === 'string') return;
  const { ticket, startedAt } = path;
  const shown =
    received.ticket?.number === ticket && received.ticket.status === 'Invoiced' ? received.ticket : undefined;
  const invoice = shown?.invoices.find(({ at }) => at >= startedAt);
  const seconds = path.seconds ?? (invoice && Math.max(1, Math.round((invoice.at - startedAt) / 1000)));
  const isThere = place.kind === 'app' && place.tab === 'messages' && ui.pane === 'slack';
  const hasReceipt = path.hasReceipt || (seconds !== undefined && isThere && receiptOf(ticket) !== undefined);
  const hasForm = path.hasForm || (path.saidAt !== undefined && (received.stack?.length ?? 0) > 0);
  ui.path = { ...path, hasForm, seconds, hasReceipt };
};

const openedAt = Date.now();

/** The newest write whose answer never came, until somebody looked at what became of it. */
export const trouble = (): (RequestPart & { readonly ticket: number }) | undefined => {
  const found = received.requests?.find(
    ({ at, writes, outcome, answer }) => writes && outcome === 'bad' && !/^\d/.test(answer) && at > openedAt,
  );
  if (found?.ticket == null || found.id === ui.troubleSeen || !receiptOf(found.ticket)) return undefined;
  return { ...found, ticket: found.ticket };
};

/** To the receipt of a ticket, which stands out there. */
export const pointAt = (ticket: number): void => {
  const receipt = receiptOf(ticket);
  change({ troubleSeen: trouble()?.id ?? ui.troubleSeen, pointed: receipt ? menuKey(receipt) : null });
};
