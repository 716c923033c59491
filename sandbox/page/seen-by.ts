import { elementsOf, type Placed } from '../slack/elements.ts';
import { jsonsOf } from '../slack/json.ts';
import { visibleTo } from '../slack/messages.ts';
import type { Place } from '../slack/payloads.ts';
import type { SlackSandbox } from '../slack/slack.ts';
import { type Channel, directChannel, type Message, stackOf, type User, type View } from '../slack/workspace.ts';
import { Refused } from './refused.ts';

/** Where an element stands, as the page names it. */
export type Where = { readonly view: string } | { readonly channel: string; readonly ts: string };

export const canAct = (user: User): boolean => !user.deleted && !user.isBot;

/** @throws Refused here and below: nobody acts on what they can't see. */
export const memberOf = (slack: SlackSandbox, id: string): User => {
  const user = slack.workspace.users.get(id);
  if (!user || !canAct(user)) throw new Refused('Nobody here can act as that person.');
  return user;
};

/** The channels in somebody's sidebar, and their direct messages with the app. */
export const channelsOf = (slack: SlackSandbox, user: User): readonly Channel[] => {
  const direct = directChannel(slack.workspace, user.id);
  const own = [...slack.workspace.channels.values()].filter(
    (channel) => channel.kind !== 'im' && !channel.isArchived && channel.members.has(user.id),
  );
  return [...own, direct];
};

export const channelFor = (slack: SlackSandbox, user: User, id: string): Channel => {
  const channel = channelsOf(slack, user).find((each) => each.id === id);
  if (!channel) throw new Refused(`${user.name} is in no such channel.`);
  return channel;
};

export const messageFor = (slack: SlackSandbox, user: User, channel: string, ts: string): Message => {
  const message = visibleTo(slack.wiring.core, user.id).find((each) => each.channel === channel && each.ts === ts);
  if (!message) throw new Refused('That message is gone.');
  return message;
};

/** The modal on top, or the Home. */
export const viewFor = (slack: SlackSandbox, user: User, id: string): View => {
  const reachable = [stackOf(slack.workspace, user.id).at(-1), slack.workspace.homes.get(user.id)];
  const view = reachable.find((each) => each?.id === id);
  if (!view) throw new Refused('That form is not open any more.');
  return view;
};

export const placeFor = (slack: SlackSandbox, user: User, where: Where): Place =>
  'view' in where
    ? { kind: 'view', view: viewFor(slack, user, where.view) }
    : { kind: 'message', message: messageFor(slack, user, where.channel, where.ts) };

export const elementAt = (place: Place, block: string, action: string): Placed => {
  const blocks =
    place.kind === 'view'
      ? jsonsOf(place.view.source.blocks)
      : [...place.message.blocks, ...place.message.attachments.flatMap((each) => jsonsOf(each.blocks))];
  const placed = elementsOf(blocks).find(({ blockId, actionId }) => blockId === block && actionId === action);
  if (!placed) throw new Refused('That has changed meanwhile.');
  return placed;
};
