import type { Json } from '../slack/json.ts';
import type { ToggleName } from './fault-names.ts';

/** What goes to the page: the two sides share these, so that neither can forget the other. */
export type PersonPart = {
  readonly id: string;
  readonly name: string;
  readonly canAct: boolean;
  readonly kind: '' | 'admin' | 'guest' | 'of another workspace';
};

export type ChannelPart = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
};

export type MessagePart = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly byApp: boolean;
  readonly ephemeral: boolean;
  readonly threadTs?: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly edited: boolean;
  /** As Slack's `state.values`. */
  readonly values: Json;
};

export type ViewPart = {
  readonly id: string;
  readonly source: Json;
  readonly values: Json;
  readonly errors: Readonly<Record<string, string>>;
};

/** What the manifest says about the app; never changes. */
export type InfoPart = {
  readonly name: string;
  readonly mode: 'http' | 'socket';
  /** Where links to Syncro lead. */
  readonly syncroUrl: string;
  readonly commands: readonly { readonly command: string; readonly description: string; readonly hint: string }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'global' | 'message';
    readonly callback: string;
    readonly description: string;
  }[];
};

export type AppPart = {
  readonly state: 'starting' | 'running' | 'dead';
  readonly pid: number | null;
  readonly deaths: number;
};

/** What happened to the app or to Syncro, between the requests. */
export type EventPart = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly words: string;
  readonly isTrouble: boolean;
};

export type RequestPart = {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** In people's words: `comment`, `labor line`, … */
  readonly what: string;
  readonly writes: boolean;
  /** Whose key it carried. */
  readonly technician: string;
  /** The ticket's number, where the path names one. */
  readonly ticket: number | null;
  /** In few words: `…` while it is under way, Syncro's status, or what was ordered to go wrong. */
  readonly answer: string;
  readonly outcome: 'open' | 'good' | 'bad';
};

export type TicketPart = {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly priority: string;
  readonly customer: string;
  readonly technician: string;
  readonly prepaidHours: string | null;
  readonly updatedAt: number;
  readonly comments: readonly {
    readonly id: number;
    readonly at: number;
    readonly by: string;
    readonly audience: string;
    readonly subject: string;
    readonly text: string;
  }[];
  readonly lines: readonly {
    readonly id: number;
    readonly at: number;
    readonly quantity: number;
    readonly name: string;
    readonly amount: string;
    readonly by: string;
    readonly invoiced: boolean;
  }[];
  readonly timers: readonly {
    readonly id: number;
    readonly at: number;
    readonly minutes: number | null;
    readonly by: string;
    readonly charged: boolean;
  }[];
  readonly invoices: readonly {
    readonly id: number;
    readonly at: number;
    readonly number: string;
    readonly total: string;
    readonly by: string;
    readonly paid: boolean;
    readonly to: string;
    readonly lines: readonly {
      readonly id: number;
      readonly name: string;
      readonly text: string;
      readonly quantity: string;
      readonly price: string;
      readonly amount: string;
    }[];
    /** Where there is any. */
    readonly tax: string | null;
  }[];
  /** Where mail about it goes; null: nowhere. */
  readonly address: string | null;
  /** What Syncro sent to this ticket's customer since the demo began, newest first. */
  readonly mails: readonly {
    readonly id: number;
    readonly at: number;
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }[];
};

/** Finished tickets with charges that no invoice took, the most money first. */
export type MoneyPart = {
  readonly tickets: readonly { readonly number: number; readonly amount: string }[];
  readonly total: string;
};

/** Somebody who has yet to connect, and the key that is theirs in the sample account. */
export type UnconnectedPart = { readonly name: string; readonly token: string };

export type TicketName = { readonly id: number; readonly number: number; readonly subject: string };

/** How the switches stand. */
export type SwitchesPart = {
  readonly toggles: readonly {
    readonly name: ToggleName;
    readonly label: string;
    readonly about: string;
    readonly on: boolean;
  }[];
  readonly latencyMs: number;
  readonly maxLatencyMs: number;
};
