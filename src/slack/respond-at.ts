import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';

/** A Slack that says nothing for this long is not waited for: the answer goes out as a message. */
const TIMEOUT_MS = 10_000;

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
 * @throws WebAPIPlatformError with Slack's words where it gives any; DOMException when Slack is silent
 */
export const respondAt =
  (url: string) =>
  async (message: Readonly<Record<string, unknown>>): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const refused = refusalIn(await response.text());
    if (refused) throw new WebAPIPlatformError(refused);
    if (!response.ok) throw new Error(`Slack's response_url answered with HTTP ${response.status}`);
  };
