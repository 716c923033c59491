import type { Method } from './api-chat.ts';
import { refusal } from './core.ts';
import { isJson, type Json, jsonOf, textOf } from './json.ts';

const isEntity = (metadata: unknown): boolean =>
  isJson(metadata) &&
  textOf(metadata.entity_type) !== '' &&
  textOf(jsonOf(metadata.external_ref).id) !== '' &&
  isJson(metadata.entity_payload);

/**
 * Fills the pane beside the conversation of whoever asked for details (`entity_details_requested`). Slack's refusal of
 * another entity than the one that was asked for is left out: triggers of the sandbox know no entity.
 * @see https://docs.slack.dev/reference/methods/entity.presentDetails
 */
const presentDetails: Method = (core, args) => {
  const taken = core.triggers.take(textOf(args.trigger_id));
  if ('error' in taken) return refusal('invalid_trigger_id');
  const instead = isJson(args.error) || args.user_auth_required === true;
  if (!instead && !isEntity(args.metadata)) return refusal('invalid_metadata');
  const shown: Json = instead ? { error: args.error, user_auth_url: args.user_auth_url } : jsonOf(args.metadata);
  core.workspace.details.set(taken.userId, shown);
  core.changes.changed();
  return { ok: true };
};

export const ENTITY_METHODS: Readonly<Record<string, Method>> = { 'entity.presentDetails': presentDetails };
