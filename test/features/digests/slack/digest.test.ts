import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../sandbox/slack/block-limits.ts';
import { type DigestFacts, digestOf } from '../../../../src/features/digests/digest.ts';
import { digestMessage } from '../../../../src/features/digests/slack/message.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { noon } from '../../../runs/rules/a-ticket.ts';
import { readMessage } from '../../../slack/rendered.ts';
import { aSummary, day, facts, manyTechnicians, manyTickets } from '../digest-facts.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const none = { missed: [], dueAt: null };
const at = (some: Partial<DigestFacts>, last: { at: number; open: number } | null = null) =>
  digestOf(facts(some), {
    now: noon,
    timezone: 'America/Phoenix',
    last: last && { at: last.at, told: { open: last.open, print: '' } },
  });

describe('the message of a digest', () => {
  test('says who needs what, each number a link', () => {
    const tickets = [
      aSummary(32_163, { customerName: 'LeeAnn Parkinson', customerReplied: true, createdAt: noon - 5 * day }),
      aSummary(32_150, { customerName: 'Acme West', customerReplied: true, technicianId: null }),
      ...[1, 2, 3, 4].map((n) => aSummary(32_100 + n, { dueAt: noon - n * day, createdAt: noon - (42 - n) * day })),
      aSummary(32_166, { customerName: '<!channel> & *Co*', technicianId: null, createdAt: noon }),
    ];
    const uninvoiced = { tickets: [{ ticket: aSummary(32_160), amountCents: 26_250 }], unread: 0 };
    const message = digestMessage(at({ tickets, uninvoiced }, { at: noon - 3 * day, open: 4 }), none, links);
    expect(readMessage(message)).toMatchSnapshot();
    expect(message.text).toMatchSnapshot();
    expect(JSON.stringify(message.blocks)).toContain('https://computerguru.syncromsp.com/tickets/100032163');
  });

  test.each([0, 5, 500, 5_000])('is one message within Slack’s limits for %d open tickets', (count) => {
    const tickets = manyTickets(count);
    const uninvoiced = { tickets: tickets.slice(0, 25).map((ticket) => ({ ticket, amountCents: 12_345 })), unread: 99 };
    const missed = ['Tue Nov 24', 'Wed Nov 25', 'Thu Nov 26', 'Fri Nov 27'];
    const digest = at({ tickets, uninvoiced, technicians: manyTechnicians }, { at: noon - day, open: 3 });
    const message = digestMessage(digest, { missed, dueAt: '08:00' }, links);
    expect(checkMessage(message)).toEqual([]);
    const text = readMessage(message);
    expect(text).toContain(count === 0 ? 'None open · -3 since yesterday' : `${count} open · `);
    expect(text.length).toBeLessThan(1_500);
    expect(message.blocks.length).toBeLessThanOrEqual(8);
    expect(text.includes('[Mine] [All]')).toBe(count > 0);
  });

  test('offers all of them and mine', () => {
    const text = JSON.stringify(digestMessage(at({ tickets: [aSummary(1)] }), none, links).blocks);
    expect(text).toContain(JSON.stringify('{"f":"all","p":1}'));
    expect(text).toContain(JSON.stringify('{"f":"mine","p":1}'));
  });

  test('is one line when nothing is new', () => {
    const quiet = { ...at({ tickets: [aSummary(1)] }, { at: noon - 3 * day, open: 1 }), nothingNew: true };
    expect(readMessage(digestMessage(quiet, none, links))).toBe(
      'Open tickets · Mon Nov 23 · nothing new since Friday · 1 open',
    );
  });

  test.each([
    [['Tue Nov 24'], 'The digest of Tue Nov 24 was not posted.'],
    [['Tue Nov 24', 'Wed Nov 25'], 'The digests of Tue Nov 24 and Wed Nov 25 were not posted.'],
    [
      ['Mon Nov 23', 'Tue Nov 24', 'Wed Nov 25', 'Thu Nov 26'],
      '4 digests before this one were not posted, the last on Thu Nov 26.',
    ],
  ])('says in one line what was not posted before: %j', (missed, words) => {
    expect(readMessage(digestMessage(at({}), { missed, dueAt: null }, links))).toContain(words);
  });

  test('says what it does not know', () => {
    const message = digestMessage(at({ tickets: [aSummary(1)], partial: true, uninvoiced: null }), none, links);
    const text = readMessage(message);
    expect(text).toContain('1+ open');
    expect(text).toContain('There are more open tickets; this covers the first 1 that Syncro listed.');
    expect(text).toContain('What was resolved but never invoiced could not be read.');
  });
});
