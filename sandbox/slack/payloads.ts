import type { Core } from './core.ts';
import type { Placed } from './elements.ts';
import { stateJson, valueKey } from './input-values.ts';
import { type Json, textOf } from './json.ts';
import { messageJson, messageValues } from './messages.ts';
import { APP_ID, OTHER_TEAM_DOMAIN, TEAM_DOMAIN, TEAM_ID } from './options.ts';
import { viewJson } from './views.ts';
import { type Channel, handleOf, type Message, type User, type View } from './workspace.ts';

/** Where an element stands that somebody acts on. */
export type Place =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'message'; readonly message: Message };

/** The old verification token, which Slack still sends and nobody should check. */
const TOKEN = 'sandbox-verification-token';

/** A person's own workspace: in a shared channel that may be another one than the app's. */
const teamJson = ({ teamId }: User): { readonly id: string; readonly domain: string } => ({
  id: teamId,
  domain: teamId === TEAM_ID ? TEAM_DOMAIN : OTHER_TEAM_DOMAIN,
});

const envelope = (user: User): Json => ({
  api_app_id: APP_ID,
  token: TOKEN,
  team: teamJson(user),
  enterprise: null,
  is_enterprise_install: false,
  user: { id: user.id, username: handleOf(user), name: handleOf(user), team_id: user.teamId },
});

export const slashPayload = (
  user: User,
  channel: Channel,
  command: string,
  text: string,
  keys: { readonly triggerId: string; readonly responseUrl: string },
): Json => ({
  token: TOKEN,
  team_id: teamJson(user).id,
  team_domain: teamJson(user).domain,
  channel_id: channel.id,
  channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
  user_id: user.id,
  user_name: handleOf(user),
  command,
  text,
  api_app_id: APP_ID,
  is_enterprise_install: 'false',
  response_url: keys.responseUrl,
  trigger_id: keys.triggerId,
});

const placeJson = (core: Core, user: User, place: Place): Json => {
  if (place.kind === 'view') {
    const { view } = place;
    return { container: { type: 'view', view_id: view.id }, view: viewJson(view) };
  }
  const { message } = place;
  const channel = core.workspace.channels.get(message.channel);
  const ephemeral = message.ephemeralTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: message.channel, name: channel?.name ?? '' },
    // Slack doesn't store ephemeral messages and can't send them along.
    ...(ephemeral ? {} : { message: messageJson(message) }),
    state: { values: stateJson(messageValues(message, user.id)) },
  };
};

const nowTs = (core: Core): string => (core.clock.now() / 1000).toFixed(6);

export const actionPayload = (
  core: Core,
  user: User,
  place: Place,
  { element, blockId, actionId }: Placed,
  chosen: Json,
  keys: { readonly triggerId: string; readonly responseUrl?: string },
): Json => ({
  type: 'block_actions',
  ...envelope(user),
  trigger_id: keys.triggerId,
  ...placeJson(core, user, place),
  ...(keys.responseUrl === undefined ? {} : { response_url: keys.responseUrl }),
  actions: [
    {
      type: element.type,
      action_id: actionId,
      block_id: blockId,
      action_ts: nowTs(core),
      ...(element.text === undefined ? {} : { text: element.text }),
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.style === undefined ? {} : { style: element.style }),
      ...(element.placeholder === undefined ? {} : { placeholder: element.placeholder }),
      ...(element.type === 'button' && element.url !== undefined ? { url: element.url } : {}),
      ...chosen,
    },
  ],
});

/** The part of an action that carries what was chosen. */
export const chosenJson = (element: Json, value: unknown): Json =>
  element.type === 'overflow' ? { selected_option: value } : { [valueKey(element.type) ?? 'value']: value };

export const submissionPayload = (user: User, view: View, triggerId: string): Json => ({
  type: 'view_submission',
  ...envelope(user),
  trigger_id: triggerId,
  view: viewJson(view),
  response_urls: [],
});

export const closedPayload = (user: User, view: View, isCleared: boolean): Json => ({
  type: 'view_closed',
  ...envelope(user),
  view: viewJson(view),
  is_cleared: isCleared,
});

export const suggestionPayload = (core: Core, user: User, place: Place, placed: Placed, query: string): Json => ({
  type: 'block_suggestion',
  ...envelope(user),
  ...placeJson(core, user, place),
  action_id: placed.actionId,
  block_id: placed.blockId,
  value: query,
});

export const shortcutPayload = (core: Core, user: User, callbackId: string, triggerId: string): Json => ({
  type: 'shortcut',
  ...envelope(user),
  callback_id: callbackId,
  trigger_id: triggerId,
  action_ts: nowTs(core),
});

export const messageActionPayload = (
  core: Core,
  user: User,
  message: Message,
  callbackId: string,
  keys: { readonly triggerId: string; readonly responseUrl: string },
): Json => ({
  type: 'message_action',
  ...envelope(user),
  callback_id: callbackId,
  trigger_id: keys.triggerId,
  response_url: keys.responseUrl,
  action_ts: nowTs(core),
  message_ts: message.ts,
  channel: { id: message.channel, name: core.workspace.channels.get(message.channel)?.name ?? '' },
  message: messageJson(message),
});

export const eventPayload = (core: Core, event: Json, eventId: string): Json => ({
  token: TOKEN,
  team_id: TEAM_ID,
  context_team_id: TEAM_ID,
  context_enterprise_id: null,
  api_app_id: APP_ID,
  event: { event_ts: nowTs(core), ...event },
  type: 'event_callback',
  event_id: eventId,
  event_time: Math.floor(core.clock.now() / 1000),
  authorizations: [
    { enterprise_id: null, team_id: TEAM_ID, user_id: 'U0SYNCROBOT', is_bot: true, is_enterprise_install: false },
  ],
  is_ext_shared_channel: core.workspace.channels.get(textOf(event.channel))?.isShared ?? false,
});
