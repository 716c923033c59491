import {
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { RequestOutcome } from '../shared/request-outcome.ts';
import type { SlackMeter } from './meter.ts';

const outcomeOf = (error: unknown): RequestOutcome => {
  if (error instanceof WebAPIRateLimitedError) return 'limited';
  return error instanceof WebAPIPlatformError ? 'refused' : 'no_answer';
};

/** Slack's client, counting each call with its repetitions as one. A class because Slack binds its methods to one. */
export class MeteredWebClient extends WebClient {
  readonly #meter: SlackMeter | undefined;

  constructor(token: string, options: WebClientOptions, meter?: SlackMeter) {
    super(token, options);
    this.#meter = meter;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    const done = (outcome: RequestOutcome): void => this.#meter?.slackCalled(method, outcome);
    try {
      const result = await super.apiCall(method, options);
      done('ok');
      return result;
    } catch (error) {
      done(outcomeOf(error));
      throw error;
    }
  }
}
