import type { Act, Outcome } from '../acts.ts';
import type { Switch } from '../switches.ts';
import { channelHere, forget, messages, type Received, received, redraw, ui } from './state.ts';

type Unaddressed = Act extends infer Each ? (Each extends Act ? Omit<Each, 'as'> : never) : never;

const post = async (path: string, body: object): Promise<Outcome> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return { ok: false, error: 'The demo is not running any more.' };
  }
};

/** Does it as the person who is acting. */
export const act = (given: Unaddressed): Promise<Outcome> => post('/page/act', { as: ui.as, ...given });
export const turn = (given: Switch): Promise<Outcome> => post('/page/switch', given);

type Told = { readonly changed: Received; readonly gone: readonly string[] };

let source: EventSource | null = null;

/** The last write that was seen: the ticket of a newer one is what the page then shows. */
let lastWrite = Date.now();
const follow = (): void => {
  const write = received.requests?.find(({ writes, ticket, at }) => writes && ticket !== null && at > lastWrite);
  if (!write) return;
  lastWrite = write.at;
  if (write.ticket !== null && write.ticket !== ui.ticket) look({ ticket: write.ticket });
};

let tellNews: (channel: string, ts: string, text: string) => void = () => {};
export const onNews = (tell: typeof tellNews): void => {
  tellNews = tell;
};

const take = ({ changed, gone }: Told, isFirst: boolean): void => {
  const known = new Set(messages().map(({ ts }) => ts));
  forget(gone);
  Object.assign(received, changed);
  for (const message of messages()) {
    const isNews = !isFirst && !known.has(message.ts) && message.channel !== channelHere();
    if (isNews && message.byApp) tellNews(message.channel, message.ts, message.text);
  }
  follow();
  redraw();
};

const connect = (): void => {
  source?.close();
  let isFirst = true;
  const own = new EventSource(`/page/events?${new URLSearchParams({ as: ui.as, ticket: String(ui.ticket) })}`);
  source = own;
  own.addEventListener('open', () => {
    ui.online = true;
    isFirst = true;
    redraw();
  });
  own.addEventListener('error', () => {
    ui.online = false;
    redraw();
  });
  own.addEventListener('message', ({ data }) => {
    if (own !== source) return;
    const told: Told = JSON.parse(data);
    // A connection begins with everything: what it doesn't name is gone.
    if (isFirst) forget(Object.keys(received).filter((key) => !(key in told.changed)));
    take(told, isFirst);
    isFirst = false;
  });
};

/** Sees with this person's eyes, and this ticket. */
export const look = (at: { readonly as?: string; readonly ticket?: number } = {}): void => {
  Object.assign(ui, at);
  connect();
};
