/** One person who may act in the fake's workspace. */
export type PersonOption = {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly tz?: string;
  readonly admin?: boolean;
};

export type ChannelOption = {
  readonly id: string;
  readonly name: string;
  readonly kind?: 'public' | 'private';
  /** Default: every technician. */
  readonly members?: readonly string[];
  /** Whether the app's bot is in it. Default true. */
  readonly bot?: boolean;
  /** Slack Connect: another company is in it, or was invited. */
  readonly shared?: boolean | 'pending';
};

export type ShortcutOption = {
  readonly name: string;
  readonly callbackId: string;
  readonly type: 'global' | 'message';
};

export type UserGroupOption = { readonly id: string; readonly users: readonly string[] };

export type SlackOptions = {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The members; default: Howard Enos and Winter Williams. */
  readonly technicians?: readonly PersonOption[];
  /** More channels than `C0GENERAL`, `C0PRIVATE`, `C0ARCHIVED` and `C0SHARED`, which always exist. */
  readonly channels?: readonly ChannelOption[];
  readonly userGroups?: readonly UserGroupOption[];
  /** The app's shortcuts, so that people can call them by name. A callback id works without. */
  readonly shortcuts?: readonly ShortcutOption[];
  /** The bot scopes that the app was granted; a method that needs another is refused. Default: all. */
  readonly scopes?: readonly string[];
  /** Of these, what whoever installed the app did not grant: it may try them, and is refused. */
  readonly declined?: readonly string[];
  /** Domains whose links the app may unfurl, subdomains included. Default: none. */
  readonly unfurlDomains?: readonly string[];
  /** Whether the app said where a picker's options are asked for; over HTTP Slack asks nowhere else. Default true. */
  readonly hasOptionsUrl?: boolean;
  /** Where to post commands, interactions and events; absent: over Socket Mode. */
  readonly deliverTo?: string;
  readonly signingSecret?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Person mentions (`<@U…>`) that are no problem: ids, or true for all. Broadcasts always are a problem. */
  readonly allowMentions?: readonly string[] | true;
  /** Slack's limits on calls (1 message a second and channel; tiers). Off unless true. */
  readonly rateLimits?: boolean;
  /** Slack waits 3,000 ms for an ack, and so long a trigger opens a view; where a browser makes a machine's time count, longer. */
  readonly waitsMs?: number;
  /** How long people look for what should come before they give up. Default 60,000 ms. */
  readonly lookMs?: number;
  /** How often the socket is pinged. Default 5,000 ms. */
  readonly pingEveryMs?: number;
};

export const DEFAULT_SIGNING_SECRET = 'sandbox-signing-secret';
export const DEFAULT_BOT_TOKEN = 'xoxb-sandbox-bot';
export const DEFAULT_APP_TOKEN = 'xapp-sandbox-app';
export const TEAM_ID = 'T0SANDBOX';
export const OTHER_TEAM_ID = 'T0STRANGER';
/** Of the organization, where there is one. */
export const ENTERPRISE_ID = 'E0SANDBOX';
export const TEAM_DOMAIN = 'sandbox';
export const OTHER_TEAM_DOMAIN = 'stranger';
export const APP_ID = 'A0SYNCRO';
export const BOT_ID = 'B0SYNCRO';
export const BOT_USER_ID = 'U0SYNCROBOT';
/** One of each kind who must be refused. */
export const GUEST_ID = 'U0GUEST';
export const DELETED_ID = 'U0DELETED';
export const STRANGER_ID = 'U0STRANGER';
export const OTHER_BOT_ID = 'U0OTHERBOT';

export const DEFAULT_TECHNICIANS: readonly PersonOption[] = [
  { id: 'U012HOWARD', name: 'Howard Enos', email: 'howard@msp.example', admin: true },
  { id: 'U012WINTER', name: 'Winter Williams', email: 'winter@msp.example' },
];
