import { describe, expect, test } from '@jest/globals';
import { customerOf, type SessionLog, sessionLogText } from '../../../src/features/session-logs/session-log.ts';
import { fc } from '../../property.ts';
import { aComment, aLineItem, aTicket, howard } from '../../runs/rules/a-ticket.ts';

const aLog = (fields: Partial<SessionLog> = {}): SessionLog => ({
  ticket: aTicket({ lineItems: [aLineItem({ quantityHundredths: 75 })] }),
  url: 'https://computerguru.syncromsp.com/tickets/110251904',
  comments: [
    aComment({ id: 1, subject: 'Initial Issue', body: 'It stopped again', authorId: null, authorName: 'Jerry Burger' }),
    aComment({ id: 2, subject: 'Internal Note', body: 'Looked at the log.\nNothing.', hidden: true }),
    aComment({ id: 3, subject: 'Resolution', body: 'Reset the cloud thing.' }),
  ],
  olderLeftOut: false,
  names: new Map([[1750, howard.name]]),
  writtenBy: howard.name,
  day: '2026-11-23',
  timeZone: 'America/Phoenix',
  ...fields,
});

/** The lines outside of fences, as a Markdown reader takes them. */
const outsideFences = (text: string): readonly string[] => {
  let fence: string | null = null;
  return text.split('\n').filter((row) => {
    const run = /^ {0,3}(`{3,})/.exec(row)?.[1];
    if (fence === null) {
      if (run) fence = run;
      return !run;
    }
    if (run && run.length >= fence.length && row.trim() === run) fence = null;
    return false;
  });
};

describe('a session log', () => {
  test('says what was resolved, for whom, by whom and when', () => {
    expect(sessionLogText(aLog())).toMatchSnapshot();
  });

  test('of a bare ticket says what there is none of', () => {
    const ticket = aTicket({ contact: null, technicianName: null, technicianId: null, priority: null });
    const text = sessionLogText(aLog({ ticket, comments: [], names: new Map() }));
    expect(text).toContain('## Resolution\n\nNone was written.');
    expect(text).toContain('## Line items\n\nNone.');
    expect(text).toContain('- Technician: nobody');
    expect(text.trimEnd()).toMatch(/oldest first\n\nNone\.$/);
  });

  test.each([
    ['an alert', { subject: 'Alert', authorName: 'Monitoring' }, 'Monitoring · customer can see · Alert'],
    ['an appointment', { subject: 'Appointment', authorName: 'Howard Enos' }, 'Howard Enos · customer can see'],
    ['what nobody is named on', { subject: 'Update', authorName: null }, 'Unknown · customer can see'],
    ['a reply', { subject: 'Customer Reply', authorName: null }, 'Customer · from the customer'],
    ['what the contact wrote', { subject: 'Thanks', authorName: 'jerry burger ' }, '· from the customer · Thanks'],
  ])('says of %s without a user whose it is as the card does', (_what, fields, words) => {
    const comments = [aComment({ authorId: null, ...fields })];
    expect(sessionLogText(aLog({ comments }))).toContain(words);
  });

  test('takes the last resolution and says when older comments are missing', () => {
    const comments = [
      aComment({ id: 1, subject: 'Resolution', body: 'First try.' }),
      aComment({ id: 2, subject: 'resolution ', body: 'Second try.' }),
      aComment({ id: 3, subject: 'Update', body: 'Thanks!' }),
    ];
    const text = sessionLogText(aLog({ comments, olderLeftOut: true }));
    expect(text).toMatch(/## Resolution\n\n```text\nSecond try\.\n```/);
    expect(text).toContain('Only the newest 3 comments are here');
  });

  test('is the same for the same ticket', () => {
    expect(sessionLogText(aLog())).toBe(sessionLogText(aLog()));
  });

  test('tells whose it is, and that a stranger’s file is nobody’s', () => {
    expect(customerOf(sessionLogText(aLog()))).toBe(9001);
    expect(customerOf('# notes\n---\nticket: 1\ncustomer: 5\n')).toBeNull();
    expect(customerOf('')).toBeNull();
  });

  test('keeps its sections whatever customers and technicians wrote', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom('```', '````', '\n', '# ', '## Resolution', '---', '<script>', '> ', '- ', '~~~', '|', '\r'),
          { maxLength: 12 },
        )
        .map((parts) => parts.join('')),
    );
    const plain = outsideFences(sessionLogText(aLog())).filter((row) => row.startsWith('#'));
    fc.assert(
      fc.property(hostile, hostile, hostile, (one, two, three) => {
        const ticket = aTicket({
          subject: one,
          customerName: two,
          status: three,
          technicianName: one || null,
          contact: { id: 1, name: two, email: null, phone: null },
          lineItems: [aLineItem({ name: three, description: one })],
        });
        const comments = [
          aComment({ id: 1, subject: one, body: two, authorName: three }),
          aComment({ id: 2, subject: two, body: three, authorId: null }),
          aComment({ id: 3, subject: 'Resolution', body: one }),
        ];
        const text = sessionLogText(aLog({ ticket, comments }));
        const rows = outsideFences(text);
        expect(rows.filter((row) => row.startsWith('#'))).toHaveLength(plain.length);
        expect(rows.filter((row) => row === '---')).toHaveLength(2);
        expect(rows.filter((row) => /(?<!\\)</.test(row))).toEqual([]);
        expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
        expect(customerOf(text)).toBe(9001);
      }),
      { numRuns: 300 },
    );
  });
});
