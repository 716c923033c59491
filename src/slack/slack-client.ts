import type { WebClient } from '@slack/web-api';

/** Everything that Slack is asked for. */
export const SLACK_METHODS = [
  'auth.test',
  'bots.info',
  'chat.getPermalink',
  'chat.postEphemeral',
  'chat.postMessage',
  'chat.unfurl',
  'chat.update',
  'conversations.history',
  'conversations.info',
  'conversations.open',
  'conversations.replies',
  'files.completeUploadExternal',
  'files.getUploadURLExternal',
  'users.info',
  'views.open',
  'views.publish',
  'views.push',
  'views.update',
] as const;

type SlackMethod = (typeof SLACK_METHODS)[number];
type Group = SlackMethod extends `${infer G}.${string}` ? G : never;
type In<G, M = SlackMethod> = M extends `${G & string}.${infer Name}` ? Name : never;

/** Slack's client with these methods and no other. `files.uploadV2` is no method of Slack's: it calls the two of `files`. */
export type SlackClient = {
  readonly [G in Extract<keyof WebClient, Group>]: Pick<WebClient[G], Extract<keyof WebClient[G], In<G> | 'uploadV2'>>;
};
