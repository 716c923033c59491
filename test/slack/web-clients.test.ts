import { expect, test } from '@jest/globals';
import { boltLogger } from '../../src/slack/web-clients.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

test.each([
  'value "Jane Doe" is not allowed [json-pointer:/blocks/0/text/text]',
  'Jane\nDoe [json-pointer:/blocks/0]',
  'http request result: {"text":"Jane Doe"}',
  'the request body was: Jane Doe',
])('what Slack’s packages say of what was sent is not logged: %s', (words) => {
  const lines: string[] = [];
  boltLogger({ ...aQuietLog, error: (_fields, line) => lines.push(line) }).error(words);
  expect(lines).toEqual([expect.stringContaining('(what people write is not logged)')]);
  expect(lines.join()).not.toMatch(/Jane|Doe/);
});
