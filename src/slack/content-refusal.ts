import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';

/** What Slack does not take about a message or view. */
export type ContentRefusal = {
  /** Slack's own word. */
  readonly reason: string;
  /** Each a rule and where it is broken: `must be less than 151 characters at /blocks/3/text`. Slack may name none. */
  readonly problems: readonly string[];
};

/** Refusals of what was sent rather than of the app, the person or the place. For a view Slack has no other word. */
const OF_THE_CONTENT = /^(?:\w*blocks\w*|msg_too_long|view_too_large|invalid_arguments)$/;

const PROBLEM = /^(?:\[ERROR\] )?(.*) \[json-pointer:([\w./]*)/s;
/** The rules that Slack is known to name. Other words of its may quote what somebody wrote, so they are not repeated. */
const RULES = [
  /^must be (?:less|more) than \d+ characters/,
  /^no (?:more|fewer) than \d+ items allowed/,
  /^(?:missing required field|invalid additional property|unsupported type): \w+/,
  /^must provide an? (?:string|object|array|boolean|integer|number)/,
  /^must be a valid (?:enum value|url)/,
  /^failed to match all allowed schemas/,
];

const MOST_PROBLEMS = 5;
const strings = z.array(z.string()).catch([]);
const details = z.object({
  errors: strings,
  response_metadata: z.object({ messages: strings }).catch({ messages: [] }),
});

const problemOf = (said: string): string => {
  const [, words = '', pointer = ''] = PROBLEM.exec(said) ?? [];
  const [rule = 'an unknown rule'] = RULES.flatMap((known) => known.exec(words)?.[0] ?? []);
  return `${rule} at ${pointer || '/'}`;
};

/** `null`: the call failed for another reason than what the message or view holds. */
export const readContentRefusal = (error: unknown): ContentRefusal | null => {
  if (!(error instanceof WebAPIPlatformError) || !OF_THE_CONTENT.test(error.data.error)) return null;
  const { errors, response_metadata: metadata } = details.parse(error.data);
  const said = metadata.messages.length > 0 ? metadata.messages : errors;
  return { reason: error.data.error, problems: said.slice(0, MOST_PROBLEMS).map(problemOf) };
};
