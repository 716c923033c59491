import { checkMessage } from './block-limits.ts';
import { type Changes, createChanges } from './changes.ts';
import { createClock, type SandboxClock } from './clock.ts';
import { type Json, listOf } from './json.ts';
import { findMentions } from './mentions.ts';
import { DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN, DEFAULT_SIGNING_SECRET, type SlackOptions } from './options.ts';
import type { SharedLink } from './shared-links.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** One call of the Web API or of a response URL, as it arrived. */
export type ApiCall = {
  readonly method: string;
  readonly args: Json;
  /** Milliseconds since 1970. */
  readonly at: number;
  ok: boolean;
  error?: string;
  answer: Json;
};

/** What the app answered to one delivery. */
export type Ack = {
  readonly kind: string;
  readonly ms: number;
  readonly timedOut: boolean;
  /** HTTP status; 200 for an acked envelope; absent when nothing came back. */
  readonly status?: number;
  /** Parsed JSON, text, or undefined for an empty ack. */
  readonly body?: unknown;
  /** The app asked Slack not to send this event again. */
  readonly noRetry?: boolean;
  /** What Slack's client would show: `operation_timeout`, `dispatch_failed`, … */
  readonly error?: string;
};

export type Settings = {
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly waitsMs: number;
  readonly pingEveryMs: number;
  readonly allowMentions: readonly string[] | true;
  /** Undefined: all. */
  readonly scopes: readonly string[] | undefined;
  readonly declined: readonly string[];
  readonly unfurlDomains: readonly string[];
  readonly hasOptionsUrl: boolean;
};

/** What every part of the fake shares. */
export type Core = {
  readonly settings: Settings;
  readonly clock: SandboxClock;
  readonly changes: Changes;
  readonly workspace: Workspace;
  readonly triggers: Triggers;
  /** By `unfurl_id`. */
  readonly sharedLinks: Map<string, SharedLink>;
  readonly problems: string[];
  readonly calls: ApiCall[];
  readonly acks: Ack[];
  readonly nextId: () => string;
  readonly nextTs: () => string;
  /** `http://127.0.0.1:port`; known once listening. */
  url: string;
};

/** Longer than anything takes that comes at all. */
const LOOK_MS = 60_000;
/** For an ack, and how long a trigger opens a view. */
const SLACK_WAITS_MS = 3000;

export const createCore = (options: SlackOptions): Core => {
  const clock = createClock();
  const { waitsMs = SLACK_WAITS_MS } = options;
  let ids = 0;
  let lastMicros = 0;
  const nextId = (): string => `${(++ids).toString(36).toUpperCase().padStart(6, '0')}`;
  return {
    settings: {
      signingSecret: options.signingSecret ?? DEFAULT_SIGNING_SECRET,
      botToken: options.botToken ?? DEFAULT_BOT_TOKEN,
      appToken: options.appToken ?? DEFAULT_APP_TOKEN,
      waitsMs,
      pingEveryMs: options.pingEveryMs ?? 5000,
      allowMentions: options.allowMentions ?? [],
      scopes: options.scopes?.filter((scope) => !options.declined?.includes(scope)),
      declined: options.declined ?? [],
      unfurlDomains: options.unfurlDomains ?? [],
      hasOptionsUrl: options.hasOptionsUrl ?? true,
    },
    clock,
    changes: createChanges(options.lookMs ?? LOOK_MS),
    workspace: createWorkspace(options),
    triggers: createTriggers(clock, nextId, waitsMs),
    sharedLinks: new Map(),
    problems: [],
    calls: [],
    acks: [],
    nextId,
    nextTs: () => {
      lastMicros = Math.max(clock.now() * 1000, lastMicros + 1);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    url: '',
  };
};

/** Notes mentions and a missing fallback text; @returns what makes Slack refuse it (with Slack's pointers). */
export const inspectMessage = (core: Core, where: string, message: Json): readonly string[] => {
  for (const mention of findMentions(message, core.settings.allowMentions)) {
    core.problems.push(`${where}: unescaped mention ${mention}`);
  }
  const hasBlocks = listOf(message.blocks).length > 0;
  if (hasBlocks && (typeof message.text !== 'string' || message.text.trim() === '')) {
    core.problems.push(`${where}: blocks without a fallback text`);
  }
  const found = checkMessage(message).map(({ message: words, pointer }) => `${words} [json-pointer:${pointer}]`);
  for (const each of found) core.problems.push(`${where}: ${each}`);
  // A too long text is answered with msg_too_long by the methods that refuse it, never with invalid_blocks.
  return found.filter((each) => !each.endsWith('[json-pointer:/text]'));
};

/** A refusal in Slack's own wire format. */
export const refusal = (error: string, messages: readonly string[] = [], more: Json = {}): Json => ({
  ok: false,
  error,
  ...(error === 'invalid_blocks' ? { errors: messages } : {}),
  ...(messages.length > 0 ? { response_metadata: { messages: messages.map((each) => `[ERROR] ${each}`) } } : {}),
  ...more,
});

export const isRefusal = (answer: Json): boolean => answer.ok === false;
