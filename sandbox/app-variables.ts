import { devNull } from 'node:os';
import type { SlackSandbox } from './slack/slack.ts';
import type { SyncroSandbox } from './syncro/start-syncro.ts';

type StandIns = {
  readonly slack: Pick<SlackSandbox, 'botToken' | 'signingSecret' | 'apiUrl'>;
  readonly syncro: Pick<SyncroSandbox, 'url'>;
};

/** What an app between the fakes gets as its environment, but for its people's keys and its settings file. */
export const appVariables = ({ slack, syncro }: StandIns, database: string): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  SYNCRO_BASE_URL: syncro.url,
  PORT: '0',
  DATABASE_URL: database,
  // Of whoever works in this folder: nothing of it is meant here.
  ENV_FILE: devNull,
});
