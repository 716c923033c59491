import { type ActResult, actResult, fits } from './act-result.ts';
import { act } from './acts-on-blocks.ts';
import { until } from './changes.ts';
import { chooseOption, type PersonWiring } from './client-view.ts';
import { elementsOf } from './elements.ts';
import { findInput, findPress } from './find-element.ts';
import { flattenMessage } from './flatten.ts';
import { linksOfRichText } from './flatten-rich-text.ts';
import { flattenTextObject, linksOfMrkdwn } from './flatten-text.ts';
import { isJson, type Json, jsonOf, textOf } from './json.ts';
import { messageValues } from './messages.ts';
import type { Place } from './payloads.ts';
import type { Message } from './workspace.ts';

export type Link = { readonly text: string; readonly url: string };

/** A message as one person sees it; `text` is always what it says now. */
export type SeenMessage = {
  readonly text: string;
  readonly ephemeral: boolean;
  readonly deleted: boolean;
  readonly channel: string;
  readonly ts: string;
  readonly raw: Message;
  /** Also what is behind `⋯`. @param options.times pressed so many times at once; the first result comes back. */
  readonly click: (button: string, options?: { readonly times?: number }) => Promise<ActResult>;
  /** In a select, overflow or radio buttons, found by placeholder, section text or action id. */
  readonly choose: (placeholderOrActionId: string, option: string) => Promise<ActResult>;
  /** Links in texts, and buttons that lead somewhere. */
  readonly links: () => readonly Link[];
  readonly waitFor: (pattern: string | RegExp, options?: { readonly timeoutMs?: number }) => Promise<SeenMessage>;
  /** @throws when it was deleted. */
  readonly refresh: () => SeenMessage;
};

const linksIn = (value: unknown): readonly Link[] => {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (!isJson(value)) return [];
  if (value.type === 'mrkdwn' || value.type === 'markdown') return linksOfMrkdwn(textOf(value.text));
  if (value.type === 'rich_text') return linksOfRichText(value);
  // A choice behind `⋯` has no type, and may lead somewhere like a button.
  const own =
    (value.type === 'button' || value.type === undefined) && typeof value.url === 'string'
      ? [{ text: flattenTextObject(jsonOf(value.text)), url: value.url }]
      : [];
  return [...own, ...Object.values(value).flatMap((each) => (typeof each === 'object' ? linksIn(each) : []))];
};

const blocksOf = (message: Message): readonly Json[] => [
  ...message.blocks,
  ...message.attachments.flatMap((each) => (Array.isArray(each.blocks) ? each.blocks.filter(isJson) : [])),
];

export const textOfMessage = (wiring: PersonWiring, message: Message): string =>
  flattenMessage(message, { values: messageValues(message, wiring.user.id), names: wiring.names });

export const seenMessage = (wiring: PersonWiring, message: Message): SeenMessage => {
  const place: Place = { kind: 'message', message };
  const text = (): string => textOfMessage(wiring, message);
  const ready = (): void => {
    if (message.deleted) throw new Error(`the message is gone: ${text()}`);
  };
  const self: SeenMessage = {
    get text() {
      return text();
    },
    get deleted() {
      return message.deleted;
    },
    ephemeral: message.ephemeralTo !== undefined,
    channel: message.channel,
    ts: message.ts,
    raw: message,
    click: async (button, { times = 1 } = {}) => {
      ready();
      const { placed, chosen } = findPress(blocksOf(message), button);
      const acks = await Promise.all(
        Array.from({ length: times }, () => act(wiring, wiring.user, place, placed, chosen)),
      );
      return actResult(acks[0]);
    },
    choose: async (placeholderOrActionId, option) => {
      ready();
      const placed = findInput(
        elementsOf(blocksOf(message)).map(({ block }) => block),
        placeholderOrActionId,
      );
      return chooseOption(wiring, place, placed, option, undefined);
    },
    links: () =>
      message.blocks.length > 0
        ? linksIn([message.blocks, message.attachments])
        : [...linksOfMrkdwn(message.text), ...linksIn(message.attachments)],
    waitFor: (pattern, { timeoutMs = wiring.core.changes.lookMs } = {}) =>
      until(
        wiring.core.changes,
        () => (fits(text(), pattern) ? self : undefined),
        timeoutMs,
        (waitedMs) =>
          `no ${String(pattern)} within ${waitedMs} ms in${message.deleted ? ' (deleted)' : ''}:\n${text()}`,
      ),
    refresh: () => {
      ready();
      return self;
    },
  };
  return self;
};
