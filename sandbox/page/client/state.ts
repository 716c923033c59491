import type { Json } from '../../slack/json.ts';
import type {
  AppPart,
  ChannelPart,
  EventPart,
  InfoPart,
  MessagePart,
  MoneyPart,
  PersonPart,
  RequestPart,
  SwitchesPart,
  TicketName,
  TicketPart,
  UnconnectedPart,
  ViewPart,
} from '../shapes.ts';

type Slots = {
  readonly info: InfoPart;
  readonly app: AppPart;
  readonly switches: SwitchesPart;
  readonly people: readonly PersonPart[];
  readonly channels: readonly ChannelPart[];
  readonly stack: readonly ViewPart[];
  readonly home: ViewPart | null;
  readonly problems: readonly string[];
  readonly ticket: TicketPart | null;
  readonly tickets: readonly TicketName[];
  readonly money: MoneyPart;
  readonly unconnected: UnconnectedPart | null;
  readonly requests: readonly RequestPart[];
  readonly events: readonly EventPart[];
};
type MessageKey = `message:${string}`;
export type Received = Partial<Slots> & { [key: MessageKey]: MessagePart };

/** What the server said. The two sides share `shapes.ts`, and the server is this page's own. */
export const received: Received = {};

const isMessageKey = (key: string): key is MessageKey => key.startsWith('message:');

/** Oldest first. */
export const messages = (): readonly MessagePart[] =>
  Object.keys(received)
    .filter(isMessageKey)
    .map((key) => received[key])
    .filter((message) => message !== undefined)
    .toSorted((a, b) => (a.ts < b.ts ? -1 : 1));

export const forget = (keys: readonly string[]): void => {
  for (const key of keys) if (isMessageKey(key)) delete received[key];
};

export type Place = { readonly kind: 'channel'; readonly id: string } | { readonly kind: 'app'; readonly tab: AppTab };
export type AppTab = 'home' | 'messages';
export type Where = { readonly view: string } | { readonly channel: string; readonly ts: string };
export type Target = { readonly where: Where; readonly block: string; readonly action: string };

export type Notice = { readonly id: number; readonly text: string; readonly ts?: string; readonly go?: Place };
export type Confirm = { readonly dialog: Json; readonly accept: () => void };
export type Typeahead = {
  readonly target: Target;
  readonly query: string;
  /** null: the app is being asked. */
  readonly options: readonly Json[] | null;
  readonly words: string;
  readonly active: number;
};

/** Something that Slack itself says, to this person in this browser only. */
export type SlackbotWords = { readonly ts: string; readonly channel: string; readonly text: string };

/** On the way from a forgotten ticket to its invoice; moments are epoch milliseconds. */
export type Path = {
  readonly ticket: number;
  /** What was never invoiced. */
  readonly amount: string;
  readonly startedAt: number;
  readonly saidAt?: number;
  readonly hasForm?: boolean;
  /** From the start to the invoice. */
  readonly seconds?: number;
  readonly hasReceipt?: boolean;
};

export type Side = 'customer' | 'syncro' | 'requests';

/** Where a newcomer begins. */
export const FIRST_CHANNEL = 'C0GENERAL';

/** What this browser alone knows. */
export const ui = {
  as: 'U012HOWARD',
  ticket: 32160,
  place: { kind: 'channel', id: FIRST_CHANNEL } as Place,
  thread: null as string | null,
  /** Narrow screens show one at a time. */
  pane: 'slack' as 'slack' | 'syncro' | 'try',
  /** Of what arrived. */
  side: 'customer' as Side,
  path: 'offered' as 'offered' | 'hidden' | Path,
  /** The request whose trouble was looked at, and the message that tells of it. */
  troubleSeen: '',
  pointed: null as string | null,
  draft: '',
  /** The suggestion under the cursor; -1: none was chosen with the arrow keys. */
  picked: -1,
  suggesting: false,
  menu: null as string | null,
  busy: new Set<string>(),
  /** By view: what Slack says at the top of a form that could not be sent. */
  failed: new Map<string, string>(),
  notices: [] as Notice[],
  slackbot: [] as SlackbotWords[],
  confirm: null as Confirm | null,
  typeahead: null as Typeahead | null,
  /** By channel: the last message that was seen there. */
  seen: new Map<string, string>(),
  tried: new Set<string>(),
  online: false,
  /** What is open of the guide. */
  guide: null as 'try' | 'break' | null,
  /** What the app only read, people's and its own in the background. */
  withReads: false,
};
export type Ui = typeof ui;

/** The channel whose messages show. */
export const channelHere = (): string => {
  const { place } = ui;
  if (place.kind === 'channel') return place.id;
  return received.channels?.find(({ kind }) => kind === 'im')?.id ?? '';
};

/** By which a message's menu is open. */
export const menuKey = ({ channel, ts }: Pick<MessagePart, 'channel' | 'ts'>): string => `${channel}/${ts}`;

let draw: () => void = () => {};
let isDue = false;
export const drawWith = (render: () => void): void => {
  draw = render;
};
/** Draws everything anew, once for all changes that come together. */
export const redraw = (): void => {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
};
export const change = (more: Partial<Ui>): void => {
  Object.assign(ui, more);
  redraw();
};
