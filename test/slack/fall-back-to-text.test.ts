import { expect, test } from '@jest/globals';
import { WebAPIPlatformError } from '@slack/web-api';
import { readContentRefusal } from '../../src/slack/fall-back-to-text.ts';

const refused = (error: string, more: object = {}) =>
  readContentRefusal(new WebAPIPlatformError({ ok: false, error, ...more }));

test.each([
  ['no more than 50 items allowed [json-pointer:/blocks]', 'no more than 50 items allowed at /blocks'],
  ['missing required field: title [json-pointer:/view]', 'missing required field: title at /view'],
  [
    'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
    'failed to match all allowed schemas at /blocks/0/text',
  ],
  ['must provide a string [json-pointer:/blocks/0/text/text]', 'must provide a string at /blocks/0/text/text'],
  ['invalid_url [json-pointer:/blocks/0/slack_file.url]', 'an unknown rule at /blocks/0/slack_file.url'],
])('of Slack’s "%s" the rule and the pointer are known', (words, problem) => {
  // The SDK adds what the token may do.
  const answer = { errors: [words], response_metadata: { scopes: ['chat:write'] } };
  expect(refused('invalid_blocks', answer)).toEqual({ reason: 'invalid_blocks', problems: [problem] });
  const metadata = { response_metadata: { messages: [`[ERROR] ${words}`] } };
  expect(refused('invalid_arguments', metadata)).toEqual({ reason: 'invalid_arguments', problems: [problem] });
});

test.each([
  'value "Jane Doe, 12 Elm St" is not allowed [json-pointer:/blocks/0/text/text]',
  'must be less than 3001 characters: Jane Doe [json-pointer:/blocks/0/text/text]',
  'Jane\nDoe [json-pointer:/blocks/0] [json-pointer:/blocks/0/Jane Doe]',
  'Jane Doe',
])('what Slack may quote is left out: %s', (words) => {
  const { problems = [] } = refused('invalid_blocks', { response_metadata: { messages: [words] } }) ?? {};
  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toMatch(/Jane Doe|Elm/);
});

test('of many problems the first ones are kept, and anything else that Slack says is no problem', () => {
  const errors = Array.from({ length: 60 }, (_, i) => `must provide a string [json-pointer:/blocks/${i}]`);
  expect(refused('invalid_blocks', { errors })?.problems).toHaveLength(5);
  expect(refused('invalid_blocks', { errors: [{ code: 'x' }], response_metadata: 7 })?.problems).toEqual([]);
});

test.each(['channel_not_found', 'slack_connect_file_link_sharing_blocked', 'ratelimited', 'invalid_auth'])(
  '%s is not about what was sent',
  (error) => {
    expect(refused(error)).toBeNull();
  },
);

test('a call without an answer is none', () => {
  expect(readContentRefusal(new Error('invalid_blocks'))).toBeNull();
});
