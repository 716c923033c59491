import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { slackErrorCode } from './slack-error-code.ts';

/** Whether Slack answers and takes the bot token: what is wrong, or `null`. @throws when there is no answer */
export const askSlack = async (client: WebClient): Promise<string | null> => {
  try {
    await client.auth.test();
    return null;
  } catch (error) {
    // It is there, and knows us.
    if (error instanceof WebAPIRateLimitedError) return null;
    const code = slackErrorCode(error);
    if (code) return `Slack refuses the bot token (${code})`;
    throw error;
  }
};
