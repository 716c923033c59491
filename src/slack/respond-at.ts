import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';

const refusal = z.looseObject({ ok: z.literal(false), error: z.string() });

/** JSON like that of the Web API, or only its word. */
const refusalIn = (answer: string): z.infer<typeof refusal> | undefined => {
  if (/^[a-z_]+$/.test(answer) && answer !== 'ok') return { ok: false, error: answer };
  try {
    return refusal.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
};

/**
 * Answers through a payload's response_url. Bolt's `respond` drops what Slack says of a refusal, and takes one with
 * status 200 for an answer.
 * @throws WebAPIPlatformError with Slack's words where it gives any
 */
export const respondAt =
  (url: string) =>
  async (message: Readonly<Record<string, unknown>>): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
    const refused = refusalIn(await response.text());
    if (refused) throw new WebAPIPlatformError(refused);
    if (!response.ok) throw new Error(`Slack's response_url answered with HTTP ${response.status}`);
  };
