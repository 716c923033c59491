import type { WebClient } from '@slack/web-api';
import type { Finding } from '../app/examine.ts';
import { NEEDED_SCOPES } from './scopes.ts';
import { slackErrorCode } from './slack-error-code.ts';

/** Whether Slack takes the bot token, and what it may do. */
export const examineSlack = async (client: WebClient): Promise<readonly Finding[]> => {
  const of = (what: string, state: Finding['state'], words: string): Finding => ({ area: 'Slack', what, state, words });
  try {
    const who = await client.auth.test();
    const token = of('bot token', 'ok', `${who.user ?? who.user_id} in ${who.team ?? who.team_id}`);
    const granted = who.response_metadata?.scopes;
    if (!granted || granted.length === 0)
      return [token, of('scopes', 'warning', "Slack doesn't say which ones the token has")];
    const missing = Object.entries(NEEDED_SCOPES).filter(([scope]) => !granted.includes(scope));
    if (missing.length === 0) return [token, of('scopes', 'ok', `all ${Object.keys(NEEDED_SCOPES).length} are there`)];
    return [
      token,
      ...missing.map(([scope, purpose]) =>
        of(`scope ${scope}`, 'failed', `missing (${purpose}): add it under OAuth & Permissions and reinstall the app`),
      ),
    ];
  } catch (error) {
    const code = slackErrorCode(error);
    const words = code ? `Slack refuses SLACK_BOT_TOKEN (${code}): copy it again` : "Slack can't be reached";
    return [of('bot token', 'failed', words)];
  }
};
