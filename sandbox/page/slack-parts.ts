import { stateJson } from '../slack/input-values.ts';
import { messageValues, visibleTo } from '../slack/messages.ts';
import type { SlackSandbox } from '../slack/slack.ts';
import { stackOf, type User, type View } from '../slack/workspace.ts';
import { canAct, channelsOf } from './seen-by.ts';
import type { ChannelPart, MessagePart, PersonPart, ViewPart } from './shapes.ts';

const viewPart = (view: View): ViewPart => ({
  id: view.id,
  source: view.source,
  values: stateJson(view.values),
  errors: Object.fromEntries(view.errors),
});

const personPart = (user: User): PersonPart => ({
  id: user.id,
  name: user.name,
  canAct: canAct(user),
  kind: user.isGuest ? 'guest' : user.isStranger ? 'of another workspace' : user.isAdmin ? 'admin' : '',
});

/** What one person sees of Slack now, in parts that change on their own. */
export const slackParts = (slack: SlackSandbox, user: User): Readonly<Record<string, unknown>> => {
  const { users, homes } = slack.workspace;
  const channels = channelsOf(slack, user).map(({ id, name, kind }): ChannelPart => ({ id, name, kind }));
  const messages = visibleTo(slack.wiring.core, user.id).map((message): readonly [string, MessagePart] => [
    `message:${message.channel}/${message.ts}`,
    {
      ts: message.ts,
      channel: message.channel,
      user: message.user,
      byApp: message.byApp,
      ephemeral: message.ephemeralTo !== undefined,
      threadTs: message.threadTs,
      text: message.text,
      blocks: message.blocks,
      attachments: message.attachments,
      edited: message.edited,
      values: stateJson(messageValues(message, user.id)),
    },
  ]);
  const home = homes.get(user.id);
  return {
    people: [...users.values()].map(personPart),
    channels,
    stack: stackOf(slack.workspace, user.id).map(viewPart),
    home: home ? viewPart(home) : null,
    problems: slack.problems,
    ...Object.fromEntries(messages),
  };
};
