import { WebAPIRateLimitedError } from '@slack/web-api';
import { slackErrorCode } from '../slack-error-code.ts';

/** Why Slack gives no connection: a bare code, and words for the log and `/readyz`. */
export type SocketProblem = { readonly code: string; readonly words: string };

const WORDS: Readonly<Record<string, string>> = {
  link_disabled: 'Socket Mode is switched off in the settings of the Slack app. Switch it on there; I keep trying.',
  too_many_websockets:
    'Slack allows 10 connections per app and all are taken. Stop other copies of the app; I keep trying.',
  ratelimited: 'Slack wants fewer connections to be opened; I keep trying.',
};

/** Slack's words for a token that no retry makes good; somebody may put it right at Slack, so it is tried all the same. */
const REFUSED: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'no_permission',
  'missing_scope',
  'user_removed_from_team',
  'team_disabled',
  'org_login_required',
  'access_denied',
  'forbidden_team',
]);

/** @param error of `apps.connections.open` or of the socket; its message may hold the address, so only codes go out */
export const openProblem = (error: unknown): SocketProblem => {
  const limited = error instanceof WebAPIRateLimitedError ? 'ratelimited' : '';
  const said = limited || slackErrorCode(error) || (error instanceof Error ? error.message : '');
  const code = /^[a-z_]{3,40}$/.test(said) ? said : 'unreachable';
  if (REFUSED.has(code))
    return {
      code,
      words: `Slack refuses SLACK_APP_TOKEN (${code}). Copy it again from Basic Information, App-Level Tokens; I keep trying.`,
    };
  return { code, words: WORDS[code] ?? `Slack can't be reached by Socket Mode (${code}); I keep trying.` };
};
