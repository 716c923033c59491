import { describe, expect, test } from '@jest/globals';
import { ticketMentions } from '../../../src/features/tickets/ticket-mentions.ts';
import { expectTimesAsLong } from '../../growth.ts';
import { fc } from '../../property.ts';

const HOST = 'computerguru.syncromsp.com';
const PAGE = `https://${HOST}/tickets/108443837`;

/** `#32164` for a number, `page 108443837` for a page. */
const named = (text: string): readonly string[] =>
  ticketMentions(text, HOST).map((ref) => (ref.by === 'number' ? `#${ref.number}` : `page ${ref.id}`));

describe('a ticket is named', () => {
  test.each([
    ['#32164', ['#32164']],
    ['Still broken (#32164).', ['#32164']],
    ['re: #32164: it works', ['#32164']],
    ['Ticket 32164 again', ['#32164']],
    ['ticket no. 32164', ['#32164']],
    ['Ticket number: 32164', ['#32164']],
    ['ticket #32164', ['#32164']],
    ['#32164 and again #32164', ['#32164']],
    ['tickets 32164, 32165 and #32166', ['#32164', '#32165', '#32166']],
    ['#32165 after #32164', ['#32165', '#32164']],
    ['32164', ['#32164']],
    ['  32164 ', ['#32164']],
    [PAGE, ['page 108443837']],
    [`see (${PAGE}).`, ['page 108443837']],
    [`${PAGE}?tab=comments#c5`, ['page 108443837']],
    [`#32164 (${PAGE})`, ['#32164', 'page 108443837']],
    [PAGE.toUpperCase().replace('TICKETS', 'tickets'), ['page 108443837']],
  ])('in %j', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe('no ticket is named', () => {
  test.each([
    'Call 32164 when you are there',
    'It costs 32164',
    'I have 32164 mails',
    'we are #1, they are #12',
    'ticket 3 of 5',
    'https://example.com/page#32164',
    'https://example.com/tickets/108443837',
    'https://example.com/?q=ticket:32164',
    'https://example.com/(#32164)',
    'https://evil.syncromsp.com/tickets/108443837',
    `https://${HOST}.evil.example/tickets/1`,
    `https://${HOST}/customers/108443837`,
    'C#32164',
    '&#32164;',
    '#32164a',
    '#0032164',
    '#1234567890',
    '12',
    '1234567',
    '32164 32165',
    'parking tickets, 3 of them',
    '',
  ])('in %j', (text) => {
    expect(named(text)).toEqual([]);
  });

  test('whatever is written, each once', () => {
    const bit = fc.constantFrom('ticket ', '#', '32164', ',', ' and ', PAGE, ' ', '/', '\n', '😀', 'https://');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(bit, { maxLength: 200 }).map((all) => all.join('')),
        ),
        (text) => {
          const found = named(text);
          expect(new Set(found).size).toBe(found.length);
        },
      ),
    );
  });

  test.each([
    ['sentences', 'ticket 32164 and '],
    ['a list', 'ticket 32164, '],
    ['spaces', ' '],
    ['numbers', '#32164 '],
  ])('in a megabyte, as quickly as in what is read of it: %s', async (_what, piece) => {
    // A quarter of the 40,000 characters that are read.
    const [some, all] = [10_000, 1_000_000].map((length) => piece.repeat(length / piece.length));
    await expectTimesAsLong(
      9,
      () => named(all ?? ''),
      () => named(some ?? ''),
    );
  });
});
