import { commentJson } from './comment-json.ts';
import { businessThenName } from './customer-json.ts';
import type { CommentRow } from './rows.ts';
import type { SyncroState } from './state.ts';

/** One that was sent; `status` 0: nobody answered. */
export type SentNotification = { readonly body: object; readonly status: number; readonly ms: number };

export type Notifications = {
  readonly sent: readonly SentNotification[];
  /** Where they go from now on; `null`: nowhere, as long as no Notification Set names an address. */
  readonly to: (url: string | null) => void;
  readonly commented: (state: SyncroState, comment: CommentRow) => void;
  /** Resolves once nothing is under way. */
  readonly idle: () => Promise<void>;
  readonly close: () => void;
};

const TIMEOUT_MS = 10_000;

/** As four unrelated consumers saw it: no type, no id of the event, no signature. */
const commentNotification = (state: SyncroState, comment: CommentRow): object => {
  const ticket = state.tickets.find(({ id }) => id === comment.ticket_id);
  const customer = state.customers.find(({ id }) => id === ticket?.customer_id);
  const text = `A comment was added to ticket #${ticket?.number} ${ticket?.subject}${
    customer ? ` for ${businessThenName(customer)}` : ''
  }`;
  return {
    text,
    html: `<p>${text}</p>`,
    link: `https://${state.settings.subdomain}.syncromsp.com/tickets/${comment.ticket_id}`,
    attributes: commentJson(state, comment, null),
  };
};

/** Posts what somebody subscribed to in Syncro's Notification Center. Sent once: no retry is documented. */
export const createNotifications = (): Notifications => {
  const sent: SentNotification[] = [];
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  let target: string | null = null;

  const post = async (url: string, body: object): Promise<void> => {
    const began = performance.now();
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).then(
      async (response) => {
        await response.text();
        return response.status;
      },
      () => 0,
    );
    sent.push({ body, status, ms: performance.now() - began });
  };

  return {
    sent,
    to: (url) => {
      target = url;
    },
    commented: (state, comment) => {
      if (target === null) return;
      const posting = post(target, commentNotification(state, comment)).finally(() => underWay.delete(posting));
      underWay.add(posting);
    },
    idle: async () => {
      await Promise.all(underWay);
    },
    close: () => closing.abort(),
  };
};
