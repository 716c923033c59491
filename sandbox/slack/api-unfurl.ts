import type { Method } from './api-chat.ts';
import { type Core, inspectMessage, refusal } from './core.ts';
import { withIds } from './elements.ts';
import { isJson, type Json, jsonOf, jsonsOf, textOf } from './json.ts';
import { findMessage, resolveChannel } from './messages.ts';
import { unfurlDomain, urlsIn } from './shared-links.ts';

/** A text with links, and a way to put something under it. */
type Target = { readonly text: string; readonly show: (attachments: readonly Json[]) => void };
type Found = Target | { readonly error: string };

/** A second unfurl of the same address changes what the first one showed. */
const replaced = (before: readonly Json[], now: readonly Json[]): readonly Json[] => [
  ...before.filter(({ from_url }) => !now.some((each) => each.from_url === from_url)),
  ...now,
];

const targetByMessage = (core: Core, args: Json): Found => {
  const channel = resolveChannel(core, args.channel);
  if (!channel) return { error: 'cannot_find_channel' };
  const message = findMessage(core, channel.id, args.ts);
  if (!message) return { error: 'cannot_find_message' };
  return {
    text: message.text,
    show: (attachments) => {
      message.attachments = replaced(message.attachments, attachments);
    },
  };
};

const targetById = (core: Core, args: Json): Found => {
  const shared = core.sharedLinks.get(textOf(args.unfurl_id));
  if (!shared || shared.source !== args.source || shared.message?.deleted) return { error: 'cannot_find_message' };
  const { message } = shared;
  return {
    text: shared.text,
    show: (attachments) => {
      if (message) message.attachments = replaced(message.attachments, attachments);
      else shared.preview = replaced(shared.preview, attachments);
    },
  };
};

const findTarget = (core: Core, args: Json): Found => {
  if (args.unfurl_id !== undefined && args.source !== undefined) return targetById(core, args);
  if (args.channel === undefined) return { error: 'missing_channel' };
  return args.ts === undefined ? { error: 'missing_ts' } : targetByMessage(core, args);
};

/** Blocks or classic attachments by address, and Work Objects. */
const attachmentsOf = (core: Core, args: Json): readonly Json[] => {
  const byUrl = Object.entries(jsonOf(args.unfurls)).map(([url, unfurl]): Json => {
    const { blocks, ...more } = jsonOf(unfurl);
    return { ...more, from_url: url, ...(blocks ? { blocks: withIds(jsonsOf(blocks), core.nextId) } : {}) };
  });
  const entities = jsonsOf(jsonOf(args.metadata).entities).map(
    (entity): Json => ({ from_url: entity.app_unfurl_url, work_object_entity: entity }),
  );
  return [...byUrl, ...entities].map((each) => ({ ...each, app_unfurl_url: each.from_url, is_app_unfurl: true }));
};

const unfurl: Method = (core, args) => {
  if (args.unfurls === undefined && args.metadata === undefined) return refusal('missing_unfurls');
  if (args.unfurls !== undefined && !isJson(args.unfurls)) return refusal('invalid_unfurls_format');
  const target = findTarget(core, args);
  if ('error' in target) return refusal(target.error);
  const attachments = attachmentsOf(core, args);
  for (const { from_url: url } of attachments) {
    if (unfurlDomain(textOf(url), core.settings.unfurlDomains) === undefined) return refusal('cannot_unfurl_url');
    if (!urlsIn(target.text).includes(textOf(url))) return refusal('cannot_unfurl_message');
  }
  const found = inspectMessage(core, 'chat.unfurl', { attachments });
  if (found.length > 0) return refusal('invalid_blocks', found);
  target.show(attachments);
  core.changes.changed();
  return { ok: true };
};

export const UNFURL_METHODS: Readonly<Record<string, Method>> = { 'chat.unfurl': unfurl };
