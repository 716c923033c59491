import type { Ack, Core } from './core.ts';
import type { Delivery } from './delivery.ts';
import { escapeCommand } from './escape-typed.ts';
import { sendWithRetries } from './event-retries.ts';
import type { Tamper } from './http-delivery.ts';
import { isJson, type Json } from './json.ts';
import { addMessage, refuseContent } from './messages.ts';
import { eventPayload, messageActionPayload, shortcutPayload, slashPayload } from './payloads.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Channel, Message, User } from './workspace.ts';

/** What acts need besides the state: a way out and response URLs. */
export type Wiring = { readonly core: Core; readonly delivery: Delivery; readonly responseUrls: ResponseUrls };

/** `/command text`; an ack with a body becomes a message, for the caller alone unless it says `in_channel`. */
export const runSlash = async (
  { core, delivery, responseUrls }: Wiring,
  user: User,
  channel: Channel,
  command: string,
  text: string,
  tamper?: Tamper,
): Promise<Ack> => {
  const keys = {
    triggerId: core.triggers.issue(user.id),
    responseUrl: responseUrls.issue({ userId: user.id, channel: channel.id }),
  };
  const payload = slashPayload(user, channel, command, escapeCommand(core.workspace, text), keys);
  const ack = await delivery.send({ kind: 'slash_commands', payload }, tamper);
  if (ack.error !== undefined || ack.body === undefined || ack.body === '') return ack;
  const content: Json = isJson(ack.body) ? ack.body : { text: String(ack.body) };
  if (!refuseContent(core, `${command} ack`, content, 40_000)) {
    const everyone = content.response_type === 'in_channel';
    addMessage(core, { channel: channel.id, content, ...(everyone ? {} : { ephemeralTo: user.id }) });
  }
  return ack;
};

export const runShortcut = ({ core, delivery }: Wiring, user: User, callbackId: string): Promise<Ack> =>
  delivery.send({
    kind: 'interactive',
    payload: shortcutPayload(core, user, callbackId, core.triggers.issue(user.id)),
  });

export const runMessageShortcut = (
  { core, delivery, responseUrls }: Wiring,
  user: User,
  message: Message,
  callbackId: string,
): Promise<Ack> => {
  const keys = {
    triggerId: core.triggers.issue(user.id),
    responseUrl: responseUrls.issue({ userId: user.id, channel: message.channel }),
  };
  return delivery.send({ kind: 'interactive', payload: messageActionPayload(core, user, message, callbackId, keys) });
};

export type EventOptions = {
  /** Give the same id twice to send the same event twice. */
  readonly eventId?: string;
  readonly retry?: { readonly number: number; readonly reason: string };
};

/** Repeated as Slack does until the app takes it; one that is itself a repetition goes out once. */
export const sendEvent = ({ core, delivery }: Wiring, event: Json, options: EventOptions = {}): Promise<Ack> => {
  const payload = eventPayload(core, event, options.eventId ?? `Ev${core.nextId()}`);
  const { retry } = options;
  return retry
    ? delivery.send({ kind: 'events_api', payload, retry })
    : sendWithRetries(core, delivery, { kind: 'events_api', payload });
};
