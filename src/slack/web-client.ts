import {
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { RequestOutcome } from '../shared/request-outcome.ts';
import type { Log } from '../shared/system.ts';
import { fallBackToText } from './fall-back-to-text.ts';
import type { SlackMeter } from './meter.ts';

const outcomeOf = (error: unknown): RequestOutcome => {
  if (error instanceof WebAPIRateLimitedError) return 'limited';
  return error instanceof WebAPIPlatformError ? 'refused' : 'no_answer';
};

type Deps = { readonly log: Log; readonly meter: SlackMeter | undefined };

/**
 * Slack's client: what it sends falls back to text, and each call with its repetitions counts as one. A class because
 * Slack binds its methods to one.
 */
export class AppWebClient extends WebClient {
  readonly #deps: Deps;

  constructor(deps: Deps, token: string, options: WebClientOptions) {
    super(token, options);
    this.#deps = deps;
  }

  override apiCall(method: string, options: Record<string, unknown> = {}): Promise<WebAPICallResult> {
    return fallBackToText(this.#deps, method, options, async (body) => {
      const done = (outcome: RequestOutcome): void => this.#deps.meter?.slackCalled(method, outcome);
      try {
        const result = await super.apiCall(method, body);
        done('ok');
        return result;
      } catch (error) {
        done(outcomeOf(error));
        throw error;
      }
    });
  }
}
