import { describe, expect, test } from '@jest/globals';
import { matchCustomer, splitQuoted } from '../src/features/customers/match-customer.ts';
import { askedIn, excerptOf } from '../src/features/search/excerpt.ts';
import { askedWords, searchWords } from '../src/features/search/search-words.ts';
import { ticketMentions } from '../src/features/tickets/ticket-mentions.ts';
import { fenced, inline } from '../src/shared/markdown.ts';
import { matchWords } from '../src/shared/match-word.ts';
import { parseMinutes } from '../src/shared/minutes.ts';
import { phoneText, plainWords, searchTerms } from '../src/shared/name-words.ts';
import { comparable, sameText } from '../src/shared/text.ts';
import { looksLikeToken } from '../src/shared/token.ts';
import { typedText } from '../src/shared/typed-text.ts';
import { blockText } from '../src/slack/block-text.ts';
import { quote, row } from '../src/slack/blocks.ts';
import { readable } from '../src/slack/html.ts';
import { plainText } from '../src/slack/message-text.ts';
import { typedBehindCommand, typedInField } from '../src/slack/typed.ts';
import { parseTicketRef } from '../src/syncro/ticket-ref.ts';
import { wordsOf } from '../src/syncro/words.ts';
import { expectTimesAsLong } from './growth.ts';
import { readCommand } from './slack/read-command.ts';

const nobody = (): null => null;
const asked = askedWords('printer jam');
const acme = { id: 1, name: 'Acme West', personName: null };

/** Everything that reads what customers, colleagues or a broken proxy wrote. */
const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a comment made readable': readable,
  'the words of a refusal': wordsOf,
  'a text compared': (text) => [sameText('Rebooted the server.', text), comparable(text)],
  'the words of a text': searchWords,
  'a query': (text) => [askedWords(text), searchTerms(text)],
  'an excerpt': (text) => [excerptOf(text, asked, 100), askedIn(text, asked)],
  'a name': (text) => [plainWords(text), matchCustomer(text, [acme]), splitQuoted(text), matchWords(text, ['New'])],
  'mentions of tickets': (text) => ticketMentions(text, 'acme.syncromsp.com'),
  'a command': (text) => [readCommand(text), readCommand(`comment 32164 ${text}`)],
  'a number, minutes, a phone, a key': (text) => [
    parseTicketRef(text),
    parseMinutes(text),
    phoneText(text),
    looksLikeToken(text),
  ],
  'what is typed': (text) => [typedText(text), typedInField(text), typedBehindCommand(text, nobody)],
  'a message of Slack': (text) => [
    plainText(text, nobody),
    blockText([{ type: 'section', text: { type: 'mrkdwn', text } }], nobody),
  ],
  'a line, a block': (text) => [
    inline(text),
    fenced(text),
    row(null, { link: text, text }, [text], [text]),
    quote(text),
  ],
};

const UNITS = [
  ...[
    '<a',
    '<a ',
    '<div>',
    '</div>',
    '<title',
    '<h1 ',
    '<',
    '<p a=',
    '<b>',
    '<!',
    '<@',
    '<https://',
    '&amp;',
    '&',
    '|',
  ],
  ...[
    ' ',
    '\n',
    '#1',
    'ticket ',
    'https://',
    ')',
    "'",
    '"',
    '“',
    '(',
    '1',
    'a',
    'a-',
    'a.',
    '@',
    '*',
    '`',
    '\u200b',
    '=',
  ],
  ...['a1', '-', '…', '🖥️', 'é', '\u200d', '1 ', "a'", ':', ',', 'http://a/tickets/1', '<a href="x">y</a>'],
  // Two marks whose order is turned round, and one letter that is eighteen.
  ...['\u0301\u0327', '\ufdfa'],
];

const SHORT = 12_000;
const of = (unit: string, length: number): string => `${unit.repeat(Math.ceil(length / unit.length))}!`;

const timeOf = (work: () => unknown): number => {
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 2; i++) {
    const began = process.hrtime.bigint();
    work();
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - began) / 1e6);
  }
  return shortest;
};

/** Four times as long a text takes about four times as long; with the square it would be sixteen. */
describe.each(Object.entries(PARSERS))('%s', (_name, parse) => {
  test('takes no longer than the text is longer, whatever is in it', async () => {
    for (const unit of UNITS) {
      const [text, longer] = [of(unit, SHORT), of(unit, 4 * SHORT)];
      const [once, more] = [timeOf(() => parse(text)), timeOf(() => parse(longer))];
      // Measured with care only where it looks like more; less than this is nothing that anybody waits for.
      if (more < 5 || more < once * 8) continue;
      await expectTimesAsLong(
        9,
        () => parse(longer),
        () => parse(text),
      );
    }
  }, 120_000);
});

test('a megabyte costs no more than its beginning', async () => {
  for (const [parse, unit] of [
    [readable, '<a'],
    [readable, '<div>'],
    [wordsOf, '<title'],
    [(text: string) => sameText('Rebooted.', text), '<a'],
    [(text: string) => sameText('Rebooted.', text), '\ufdfa'],
  ] as const) {
    const [text, megabyte] = [of(unit, 60_000), of(unit, 1_000_000)];
    // A copy of all of it may be made; to read all of it would take 17 times as long.
    await expectTimesAsLong(
      9,
      () => parse(megabyte),
      () => parse(text),
    );
  }
  expect(wordsOf(`<html><head><title>502 Bad Gateway</title>${'<title'.repeat(40_000)}`)).toBe('502 Bad Gateway');
});
