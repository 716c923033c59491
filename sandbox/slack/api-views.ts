import type { Method } from './api-chat.ts';
import type { Core } from './core.ts';
import { refusal } from './core.ts';
import { isJson, type Json, textOf } from './json.ts';
import { openView, openViewById, publishHome, pushView, updateView, viewByExternalId } from './views.ts';

const byTrigger = (core: Core, args: Json, show: (userId: string) => Json): Json => {
  const triggerId = textOf(args.trigger_id);
  if (triggerId === '' || !isJson(args.view)) return refusal('invalid_arguments');
  const taken = core.triggers.take(triggerId);
  if ('error' in taken) return refusal(taken.error);
  const answer = show(taken.userId);
  // Slack looks at all arguments before it does anything with them.
  if (answer.error === 'invalid_arguments') core.triggers.giveBack(triggerId);
  return answer;
};

const hashOf = (args: Json): string | undefined => (typeof args.hash === 'string' ? args.hash : undefined);

const update: Method = (core, args) => {
  const byId = typeof args.view_id === 'string';
  const view = byId ? openViewById(core, textOf(args.view_id)) : viewByExternalId(core, textOf(args.external_id));
  if (!view) return refusal('not_found');
  return updateView(core, 'views.update', view, args.view, hashOf(args));
};

const publish: Method = (core, args) => {
  const user = core.workspace.users.get(textOf(args.user_id));
  if (!user || user.deleted) return refusal('invalid_arguments');
  return publishHome(core, 'views.publish', user.id, args.view, hashOf(args));
};

export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  'views.open': (core, args) => byTrigger(core, args, (userId) => openView(core, 'views.open', userId, args.view)),
  'views.push': (core, args) => byTrigger(core, args, (userId) => pushView(core, 'views.push', userId, args.view)),
  'views.update': update,
  'views.publish': publish,
};
