import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { createSocketClient } from '../web-clients.ts';
import type { Connection, Envelope } from './connection.ts';
import { createSlot, SLOT_TIMING, type Slot, type SlotTiming } from './slot.ts';

/** One is always there while the other is away; Slack allows 10 for all copies of the app together. */
const WANTED = 2;
/** The second one later, so that they are not refreshed in the same moment. */
const STAGGER_MS = 3_000;
/** A Slack that does not answer keeps nobody from what else the app does. */
const START_MS = 5_000;
/** Envelopes that are known again; Slack repeats within minutes. */
const REMEMBERED = 5_000;

export type SocketStatus = {
  readonly open: number;
  readonly wanted: number;
  /** Why one is missing, in words; `null`: nothing is wrong. */
  readonly problem: string | null;
};

export type SocketReceiver = Receiver & {
  readonly status: () => SocketStatus;
};

type SocketOptions = {
  readonly appToken: string;
  readonly slackApiUrl: string | undefined;
  readonly log: Log;
  readonly timing?: SlotTiming;
  readonly staggerMs?: number;
};

/** An envelope that was taken; the same one may come again, through another connection. */
type Taken = { readonly through: Set<Connection>; answer: Record<string, unknown> | null };

/**
 * Socket Mode by two connections. Slack's own client (3.1.0) drops what arrives between Slack's warning and the next
 * hello, is deaf for 5 to 11 s then, and rejects a promise that nobody holds when its token is refused on a reconnect.
 */
export const createSocketReceiver = (options: SocketOptions): SocketReceiver => {
  const { appToken, slackApiUrl, log, timing = SLOT_TIMING, staggerMs = STAGGER_MS } = options;
  const client = createSocketClient(appToken, slackApiUrl, log);
  const taken = new LRUCache<string, Taken>({ max: REMEMBERED });
  const slots: Slot[] = [];
  let app: App | null = null;
  let staggered: NodeJS.Timeout | undefined;

  const openUrl = async (): Promise<string> => {
    const { url } = await client.apps.connections.open();
    if (!url) throw new Error('no_url');
    return url;
  };

  const acknowledge = async (id: string, envelope: Taken, answer: Record<string, unknown>): Promise<void> => {
    if (envelope.answer) throw new Error('acknowledged twice');
    envelope.answer = answer;
    try {
      await Promise.any([...envelope.through].map((connection) => connection.acknowledge(id, answer)));
    } catch {
      // Nobody heard it, so whoever acknowledged does not go on: should it come again, it is new.
      taken.delete(id);
      throw new Error('the connection closed before Slack could be answered');
    }
  };

  const remember = (id: string, through: Connection): Taken => {
    const envelope: Taken = { through: new Set([through]), answer: null };
    taken.set(id, envelope);
    return envelope;
  };

  const take = ({ id, body, retryNum, retryReason }: Envelope, through: Connection): void => {
    const known = taken.get(id);
    if (known) {
      known.through.add(through);
      // Slack did not hear the answer, or not yet: it is said again, and nothing is done twice.
      if (known.answer) through.acknowledge(id, known.answer).catch(() => undefined);
      return;
    }
    const envelope = remember(id, through);
    const event: ReceiverEvent = {
      body,
      ack: async (answer: unknown) => {
        const payload = typeof answer === 'string' ? { text: answer } : { ...(answer as object | undefined) };
        await acknowledge(id, envelope, payload);
      },
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    };
    Promise.resolve(app?.processEvent(event)).catch((error: unknown) =>
      log.error({ err: error }, 'a Slack request failed'),
    );
  };

  const addSlot = (): Slot => {
    const slot = createSlot({ openUrl, take, timing, log });
    slots.push(slot);
    return slot;
  };

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => {
      staggered = setTimeout(addSlot, staggerMs);
      await within(START_MS, addSlot().tried, () => undefined);
    },
    /** Acknowledges what it took, takes nothing new, closes. */
    stop: async () => {
      clearTimeout(staggered);
      await Promise.all(slots.map((slot) => slot.stop()));
    },
    status: () => ({
      open: slots.filter((slot) => slot.isOpen()).length,
      wanted: WANTED,
      problem: slots.map((slot) => slot.problem()).find((problem) => problem !== null)?.words ?? null,
    }),
  };
};
