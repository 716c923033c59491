import { isJson, type Json } from '../../../sandbox/slack/json.ts';
import type { SlackSandbox } from '../../../sandbox/slack/slack.ts';

/** One Web API call; the answer with its HTTP `status` and `retryAfter`. `token` '': none. */
export const callApi = async (
  slack: SlackSandbox,
  method: string,
  args: Json,
  token: string = slack.botToken,
): Promise<Json> => {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  const json: unknown = await response.json();
  return isJson(json) ? { ...json, status: response.status, retryAfter: response.headers.get('retry-after') } : {};
};
