import { type Core, refusal } from './core.ts';
import { type Json, textOf } from './json.ts';
import { addMessage, changeMessage, refuseContent, removeMessage } from './messages.ts';
import type { Message } from './workspace.ts';

const MAX_USES = 5;
const LIFE_MS = 30 * 60 * 1000;

type Target = {
  readonly userId: string;
  readonly channel: string;
  /** The message whose button was pressed; commands and shortcuts have none that could be replaced. */
  readonly original?: Message;
};
type Answer = { readonly status: number; readonly json: Json };

export type ResponseUrls = {
  readonly issue: (target: Target) => string;
  readonly use: (id: string, body: Json) => Answer;
};

/**
 * Five uses within thirty minutes. The bodies of an expired or used-up URL and the 400 for bad blocks are not
 * documented: 404 `expired_url`, 404 `used_url` and 400 here.
 */
export const createResponseUrls = (core: Core): ResponseUrls => {
  const issued = new Map<string, Target & { readonly bornAt: number; uses: number }>();

  const post = (target: Target, body: Json): Answer => {
    const refused = refuseContent(core, 'response_url', body, 40_000);
    if (refused) return { status: 400, json: refused };
    if (body.replace_original === true && target.original && !target.original.deleted) {
      changeMessage(core, target.original, { attachments: [], ...body });
      return { status: 200, json: { ok: true } };
    }
    const threadTs = textOf(body.thread_ts);
    addMessage(core, {
      channel: target.channel,
      content: body,
      ...(threadTs === '' ? {} : { threadTs }),
      ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: target.userId }),
    });
    return { status: 200, json: { ok: true } };
  };

  return {
    issue: (target) => {
      const id = `${core.nextId()}${core.nextId()}`;
      issued.set(id, { ...target, bornAt: core.clock.now(), uses: 0 });
      return `${core.url}/response/${id}`;
    },
    use: (id, body) => {
      const entry = issued.get(id);
      if (!entry) return { status: 404, json: refusal('invalid_url') };
      if (core.clock.now() - entry.bornAt > LIFE_MS) {
        core.problems.push('response_url: used after 30 minutes');
        return { status: 404, json: refusal('expired_url') };
      }
      entry.uses += 1;
      if (entry.uses > MAX_USES) {
        core.problems.push(`response_url: used ${entry.uses} times, ${MAX_USES} are allowed`);
        return { status: 404, json: refusal('used_url') };
      }
      if (body.delete_original === true) {
        if (entry.original) removeMessage(core, entry.original);
        return { status: 200, json: { ok: true } };
      }
      return post(entry, body);
    },
  };
};
