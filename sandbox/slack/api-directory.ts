import type { Method } from './api-chat.ts';
import { type Core, refusal } from './core.ts';
import { type Json, textOf } from './json.ts';
import { messageJson, resolveChannel } from './messages.ts';
import { APP_ID, BOT_ID, BOT_USER_ID, ENTERPRISE_ID, OTHER_TEAM_ID, TEAM_DOMAIN, TEAM_ID } from './options.ts';
import { type Channel, directChannel, type Message, type User } from './workspace.ts';

const mayReadEmail = ({ settings }: Core): boolean => settings.scopes?.includes('users:read.email') ?? true;

const userJson = (core: Core, user: User): Json => ({
  id: user.id,
  team_id: user.teamId,
  name: user.name.toLowerCase().replaceAll(' ', '.'),
  deleted: user.deleted,
  real_name: user.name,
  tz: user.tz,
  profile: {
    real_name: user.name,
    display_name: user.name,
    // Slack Connect profiles come without an address, and all do without the scope.
    ...(user.isStranger || !mayReadEmail(core) ? {} : { email: user.email }),
  },
  is_admin: user.isAdmin,
  is_owner: false,
  is_restricted: user.isGuest,
  is_ultra_restricted: false,
  is_bot: user.isBot,
  is_app_user: false,
  ...(user.isStranger ? { is_stranger: true } : {}),
  ...(user.enterpriseTeams
    ? { enterprise_user: { id: user.id, enterprise_id: ENTERPRISE_ID, teams: user.enterpriseTeams } }
    : {}),
});

const channelJson = (channel: Channel): Json => ({
  id: channel.id,
  ...(channel.with === undefined ? { name: channel.name } : { user: channel.with }),
  is_channel: channel.kind === 'public',
  is_group: channel.kind === 'private',
  is_private: channel.kind === 'private',
  is_im: channel.kind === 'im',
  is_archived: channel.isArchived,
  is_ext_shared: channel.isShared,
  is_shared: channel.isShared,
  is_org_shared: false,
  is_pending_ext_shared: channel.isPendingShared,
  pending_shared: channel.isPendingShared ? [OTHER_TEAM_ID] : [],
  is_member: channel.members.has(BOT_USER_ID),
  num_members: channel.members.size,
});

const known: (show: (channel: Channel, messages: readonly Message[], args: Json) => Json) => Method =
  (show) => (core, args) => {
    const channel = resolveChannel(core, args.channel);
    const hidden = channel?.kind === 'private' && !channel.members.has(BOT_USER_ID);
    if (!channel || hidden) return refusal('channel_not_found');
    const messages = core.workspace.messages.filter(
      (each) => each.channel === channel.id && !each.deleted && each.ephemeralTo === undefined,
    );
    return show(channel, messages, args);
  };

const history = known((channel, messages, args) => {
  if (!channel.members.has(BOT_USER_ID)) return refusal('not_in_channel');
  const { latest, oldest, inclusive } = args;
  const fits = ({ ts, threadTs }: Message): boolean => {
    const same = inclusive === true && (ts === latest || ts === oldest);
    const before = latest === undefined || Number(ts) < Number(latest);
    const after = oldest === undefined || Number(ts) > Number(oldest);
    return (threadTs === undefined || threadTs === ts) && (same || (before && after));
  };
  const newestFirst = messages.filter(fits).toReversed();
  const limit = Number(args.limit ?? 100);
  const show = (message: Message): Json => ({
    ...messageJson(message),
    ...(args.include_all_metadata === true && message.metadata ? { metadata: message.metadata } : {}),
  });
  return { ok: true, messages: newestFirst.slice(0, limit).map(show), has_more: newestFirst.length > limit };
});

const replies = known((channel, messages, args) => {
  if (!channel.members.has(BOT_USER_ID)) return refusal('not_in_channel');
  const thread = messages.filter(({ ts, threadTs }) => ts === args.ts || threadTs === args.ts);
  if (!thread.some(({ ts }) => ts === args.ts)) return refusal('thread_not_found');
  return { ok: true, messages: thread.map(messageJson), has_more: false };
});

const open: Method = (core, args) => {
  const [userId, more] = Array.isArray(args.users) ? args.users : textOf(args.users).split(',');
  const user = core.workspace.users.get(textOf(userId));
  if (!user || more !== undefined) return refusal('user_not_found');
  if (user.deleted) return refusal('user_disabled');
  if (user.isBot) return refusal('cannot_dm_bot');
  const channel = directChannel(core.workspace, user.id);
  return { ok: true, channel: { ...channelJson(channel) } };
};

const page = { response_metadata: { next_cursor: '' } };

export const DIRECTORY_METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (core) => ({
    ok: true,
    url: `https://${TEAM_DOMAIN}.slack.com/`,
    team: 'Sandbox MSP',
    user: core.workspace.users.get(BOT_USER_ID)?.name ?? '',
    team_id: TEAM_ID,
    user_id: BOT_USER_ID,
    bot_id: BOT_ID,
    is_enterprise_install: false,
  }),
  'team.info': () => ({ ok: true, team: { id: TEAM_ID, name: 'Sandbox MSP', domain: TEAM_DOMAIN } }),
  'bots.info': () => ({ ok: true, bot: { id: BOT_ID, app_id: APP_ID, user_id: BOT_USER_ID, name: 'syncro' } }),
  'users.info': (core, args) => {
    const user = core.workspace.users.get(textOf(args.user));
    return user ? { ok: true, user: userJson(core, user) } : refusal('user_not_found');
  },
  'users.list': (core) => ({
    ok: true,
    members: [...core.workspace.users.values()].map((user) => userJson(core, user)),
    ...page,
  }),
  'users.lookupByEmail': (core, args) => {
    const user = [...core.workspace.users.values()].find(({ email, deleted }) => email === args.email && !deleted);
    return user ? { ok: true, user: userJson(core, user) } : refusal('users_not_found');
  },
  'usergroups.users.list': (core, args) => {
    const users = core.workspace.userGroups.get(textOf(args.usergroup));
    return users ? { ok: true, users } : refusal('no_such_subteam');
  },
  'conversations.open': open,
  'conversations.list': (core) => ({
    ok: true,
    channels: [...core.workspace.channels.values()]
      .filter(({ kind, members }) => kind === 'public' || members.has(BOT_USER_ID))
      .map(channelJson),
    ...page,
  }),
  'conversations.info': known((channel) => ({ ok: true, channel: channelJson(channel) })),
  'conversations.members': known((channel) => ({ ok: true, members: [...channel.members], ...page })),
  'conversations.history': history,
  'conversations.replies': replies,
};
