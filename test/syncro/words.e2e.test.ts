import { describe, expect, test } from '@jest/globals';
import { retryAfterMs } from '../../src/syncro/failures.ts';
import { wordsOf } from '../../src/syncro/words.ts';

describe("Syncro's words", () => {
  test.each([
    ['{"error":"Customer required field"}', 'Customer required field'],
    ['{"success":false,"message":"Not found"}', 'Not found'],
    [
      '{"success":false,"message":["Body can\'t be blank","Subject can\'t be blank"]}',
      "Body can't be blank; Subject can't be blank",
    ],
    ['{"errors":"Name can\'t be blank","params":{"name":"x"}}', "Name can't be blank"],
    ['{"errors":["billable must be true or false"]}', 'billable must be true or false'],
    ['{"errors":{"email":["is not an email","is too long"]}}', 'email: is not an email; email: is too long'],
    ['{"record":{},"errors":"Email is not an email"}', 'Email is not an email'],
    ['<html><head><title>400\n Bad Request</title></head><h1>x</h1></html>', '400 Bad Request'],
    ['<html><h1>We are sorry</h1></html>', 'We are sorry'],
    ['Disabled', 'Disabled'],
    ['"Nope"', 'Nope'],
    ['', ''],
    ['null', ''],
    ['[]', ''],
    ['{}', ''],
    ['<html></html>', ''],
    ['{"error":"Nothing can be bil', ''],
    ['{"errors":{"line_items":[{"name":["is missing"]}]}}', 'line_items: name: is missing'],
  ])('are found in %s', (body, words) => {
    expect(wordsOf(body)).toBe(words);
  });

  test('are cut before they fill a screen', () => {
    expect(wordsOf(JSON.stringify({ error: 'x'.repeat(5_000) }))).toHaveLength(500);
  });

  test('are looked for neither in great depth nor in a great length', () => {
    expect(wordsOf(`{"error":${'['.repeat(6_000)}"No"${']'.repeat(6_000)},"message":"Not this"}`)).toBe('Not this');
    expect(wordsOf(`{"error":${'{"a":'.repeat(10_000)}"No"${'}'.repeat(10_000)}}`)).toBe('');
    expect(wordsOf(`{"record":"${'x'.repeat(100_000)}","errors":"Not this"}`)).toBe('');
    expect(wordsOf(`<title>502 Bad Gateway</title>${'x'.repeat(100_000)}`)).toBe('502 Bad Gateway');
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  test.each([
    ['7', 7_000],
    ['0', 1_000],
    ['900', 120_000],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 1_000],
    ['soon', 60_000],
    ['', 60_000],
  ])('%p means %d ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });

  test('counts as a minute when it is missing', () => {
    expect(retryAfterMs(null, now)).toBe(60_000);
  });
});
