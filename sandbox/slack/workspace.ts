import type { Json } from './json.ts';
import {
  BOT_USER_ID,
  type ChannelOption,
  DEFAULT_TECHNICIANS,
  DELETED_ID,
  GUEST_ID,
  OTHER_BOT_ID,
  OTHER_TEAM_ID,
  type PersonOption,
  type SlackOptions,
  STRANGER_ID,
  TEAM_ID,
} from './options.ts';

export type User = {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly email: string;
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isStranger: boolean;
  /** Enterprise Grid: the workspaces of the organization that this person is in. */
  readonly enterpriseTeams?: readonly string[];
  /** Tests may delete somebody in the middle. */
  deleted: boolean;
};

/** What others type behind `@`. */
export const handleOf = (user: User): string => user.name.toLowerCase().replaceAll(' ', '.');

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: Set<string>;
  readonly isArchived: boolean;
  /** Slack Connect. */
  readonly isShared: boolean;
  /** Another company was invited and has not come yet. */
  readonly isPendingShared: boolean;
  /** The person of a direct message with the app. */
  readonly with?: string;
};

/** What somebody chose or typed, in the shape of Slack's `state.values`. */
export type InputValue = { readonly type: string } & Json;
/** `block_id` → `action_id` → value. */
export type StateValues = Map<string, Map<string, InputValue>>;

export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly byApp: boolean;
  /** Only this person sees it. */
  readonly ephemeralTo?: string;
  readonly threadTs?: string;
  /** What the app attached for itself; people don't see it. */
  metadata?: Json;
  text: string;
  blocks: readonly Json[];
  attachments: readonly Json[];
  edited: boolean;
  deleted: boolean;
  readonly reactions: string[];
  /** Per person: what they chose in the message's own selects. */
  readonly values: Map<string, StateValues>;
};

export type View = {
  readonly id: string;
  readonly userId: string;
  readonly type: 'modal' | 'home';
  readonly rootViewId: string;
  readonly previousViewId?: string;
  /** What the app sent, with block ids and action ids filled in. */
  source: Json;
  hash: string;
  values: StateValues;
  /** Errors under the inputs, by block id, since the last submission. */
  errors: ReadonlyMap<string, string>;
};

export type Workspace = {
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly messages: Message[];
  /** Per person, bottom first; three at most. */
  readonly stacks: Map<string, View[]>;
  readonly homes: Map<string, View>;
  /** By the group's id: its members. */
  readonly userGroups: Map<string, readonly string[]>;
  /** Per person: what the app shows beside the conversation about a Work Object. */
  readonly details: Map<string, Json>;
};

const member = (option: PersonOption): User => ({
  id: option.id,
  teamId: TEAM_ID,
  name: option.name,
  email: option.email ?? `${option.id.toLowerCase()}@msp.example`,
  tz: option.tz ?? 'America/Phoenix',
  isAdmin: option.admin ?? false,
  isBot: false,
  isGuest: false,
  isStranger: false,
  deleted: false,
});

const outsiders: readonly User[] = [
  { ...member({ id: GUEST_ID, name: 'Gil Guest' }), isGuest: true },
  { ...member({ id: DELETED_ID, name: 'Dora Deleted' }), deleted: true },
  { ...member({ id: OTHER_BOT_ID, name: 'otherbot' }), isBot: true },
  { ...member({ id: STRANGER_ID, name: 'Sam Stranger' }), teamId: OTHER_TEAM_ID, isStranger: true },
  { ...member({ id: BOT_USER_ID, name: 'syncro' }), isBot: true },
];

const channel = (option: ChannelOption, everyone: readonly string[], more: Partial<Channel> = {}): Channel => ({
  id: option.id,
  name: option.name,
  kind: option.kind ?? 'public',
  members: new Set([...(option.members ?? everyone), ...(option.bot === false ? [] : [BOT_USER_ID])]),
  isArchived: false,
  isShared: option.shared === true,
  isPendingShared: option.shared === 'pending',
  ...more,
});

/** People and channels of every kind that the app must tell apart. */
export const createWorkspace = (options: SlackOptions): Workspace => {
  const technicians = options.technicians ?? DEFAULT_TECHNICIANS;
  const everyone = technicians.map(({ id }) => id);
  const users = [...technicians.map(member), ...outsiders.map((user) => ({ ...user }))];
  const channels = [
    channel({ id: 'C0GENERAL', name: 'general', members: [...everyone, GUEST_ID] }, everyone),
    channel({ id: 'C0PRIVATE', name: 'private', kind: 'private', bot: false }, everyone),
    channel({ id: 'C0ARCHIVED', name: 'old-stuff' }, everyone, { isArchived: true }),
    channel({ id: 'C0SHARED', name: 'with-a-customer', members: [...everyone, STRANGER_ID] }, everyone, {
      isShared: true,
    }),
    ...(options.channels ?? []).map((option) => channel(option, everyone)),
  ];
  return {
    users: new Map(users.map((user) => [user.id, user])),
    channels: new Map(channels.map((each) => [each.id, each])),
    messages: [],
    stacks: new Map(),
    homes: new Map(),
    userGroups: new Map((options.userGroups ?? []).map(({ id, users: members }) => [id, members])),
    details: new Map(),
  };
};

/** The direct message of a person with the app; made when first needed, as Slack does. */
export const directChannel = (workspace: Workspace, userId: string): Channel => {
  const id = `D${userId.slice(1)}`;
  const known = workspace.channels.get(id);
  if (known) return known;
  const made: Channel = {
    id,
    name: 'directmessage',
    kind: 'im',
    members: new Set([userId, BOT_USER_ID]),
    isArchived: false,
    isShared: false,
    isPendingShared: false,
    with: userId,
  };
  workspace.channels.set(id, made);
  return made;
};

/** The person's modals, bottom first. */
export const stackOf = (workspace: Workspace, userId: string): View[] => {
  const known = workspace.stacks.get(userId);
  if (known) return known;
  const made: View[] = [];
  workspace.stacks.set(userId, made);
  return made;
};

/** An open modal, or a Home. */
export const findView = (workspace: Workspace, viewId: string): View | undefined =>
  [...workspace.stacks.values()].flat().find((view) => view.id === viewId) ??
  [...workspace.homes.values()].find((view) => view.id === viewId);
