import { describe, expect, test } from '@jest/globals';
import { slackDraft } from '../../../../src/features/on-message/slack/draft.ts';
import {
  mentionedUsers,
  messageText,
  readMessage,
  unnamedAuthors,
} from '../../../../src/features/on-message/slack/message.ts';
import type { NameOf } from '../../../../src/slack/message-text.ts';
import { fc } from '../../../property.ts';

const NAMES = new Map([
  ['U012HOWARD', 'Howard Enos'],
  ['U0SHARER', 'Sharer'],
]);
const names: NameOf = (id) => NAMES.get(id) ?? null;
const LINK = 'https://sandbox.slack.com/archives/C0GENERAL/p1';

const comment = (message: object, link: string | null = LINK): string =>
  slackDraft(readMessage(message), names, link).comment;

describe('what a form begins with', () => {
  test('is the text, who said it, and where', () => {
    expect(comment({ text: 'It stopped &amp; I cry', user: 'U012HOWARD', ts: '1.1' })).toBe(
      `It stopped & I cry\n\n— Howard Enos in Slack, ${LINK}`,
    );
  });

  test('is less when Slack tells less', () => {
    expect(comment({ text: 'x', user: 'U0GONE' }, null)).toBe('x\n\n— somebody in Slack');
    expect(comment({ text: 'x', bot_profile: { name: 'Datto\nRMM' } }, null)).toBe('x\n\n— Datto RMM in Slack');
    expect(comment({ text: 'x', username: 'webhook' }, null)).toBe('x\n\n— webhook in Slack');
    expect(comment({}, null)).toBe('— somebody in Slack');
  });

  test('of a message without text is what stands in its blocks, attachments and files', () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'From a block' } };
    expect(messageText(readMessage({ text: '', blocks: [section] }), names)).toBe('From a block');
    expect(messageText(readMessage({ attachments: [{ text: 'Attached' }] }), names)).toBe('Attached');
    expect(messageText(readMessage({ files: [{ name: 'a.png' }, { title: 'b' }, {}] }), names)).toBe('Files: a.png, b');
    expect(messageText(readMessage({ text: 'hi', files: [{ name: 'a.png' }] }), names)).toBe('hi\nFiles: a.png');
  });

  test('takes a forwarded message along, a link’s preview not', () => {
    const preview = { from_url: 'https://a.example', text: 'A page about printers' };
    const forwarded = { is_share: true, text: 'My printer is dead' };
    expect(messageText(readMessage({ text: 'see', attachments: [preview, forwarded] }), names)).toBe(
      'see\nMy printer is dead',
    );
  });

  test('names who wrote what somebody only passes on', () => {
    const forwarded = { is_share: true, author_name: 'Winter', text: 'The printer of #32164 jams' };
    expect(comment({ text: '', user: 'U012HOWARD', attachments: [forwarded] })).toBe(
      `The printer of #32164 jams\n\n— Winter in Slack, ${LINK}`,
    );
    expect(comment({ text: 'see', user: 'U012HOWARD', attachments: [forwarded] }, null)).toBe(
      'see\nWinter: The printer of #32164 jams\n\n— Howard Enos in Slack',
    );
  });

  const share = { is_share: true, text: 'It jams' };
  const winters = { ...share, author_name: 'Winter' };
  const preview = { from_url: 'https://a.example', title: 'A page about printers' };
  const emptyText = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
  test.each([
    ['by id', { attachments: [{ ...share, author_id: 'U012HOWARD' }] }, 'It jams\n\n— Howard Enos in Slack'],
    ['by a lesser name', { attachments: [{ ...share, author_subname: 'rob' }] }, 'It jams\n\n— rob in Slack'],
    ['by no one', { attachments: [share] }, 'It jams\n\n— forwarded by Sharer in Slack'],
    [
      'by nobody whom Slack knows',
      { attachments: [{ ...share, author_id: 'U0GONE' }] },
      'forwarded by Sharer in Slack',
    ],
    [
      'by two',
      { attachments: [winters, { ...share, author_name: 'Rob', text: 'Here too' }] },
      'Winter: It jams\nRob: Here too\n\n— forwarded by Sharer in Slack',
    ],
    [
      'by one who is known and one who is not',
      { attachments: [winters, share] },
      'Winter: It jams\nsomebody: It jams\n\n— forwarded by Sharer in Slack',
    ],
    ['twice by one', { attachments: [winters, winters] }, 'It jams\nIt jams\n\n— Winter in Slack'],
    ['beside a preview', { attachments: [winters, preview] }, 'It jams\nA page about printers\n\n— Winter in Slack'],
    ['under an empty text', { attachments: [winters], blocks: [emptyText] }, 'It jams\n\n— Winter in Slack'],
    [
      'under words',
      { text: 'see', attachments: [{ ...share, author_id: 'U012HOWARD' }] },
      'see\nHoward Enos: It jams\n\n— Sharer in Slack',
    ],
  ])('credits what was written %s never to who forwards it', (_how, message, expected) => {
    expect(comment({ user: 'U0SHARER', text: '', ...message }, null)).toContain(expected);
  });

  test('asks who wrote what is forwarded where only the id stands there', () => {
    const attachments = [{ ...share, author_id: 'U0ONE' }, { ...winters, author_id: 'U0TWO' }, { author_id: 'U0SIX' }];
    expect(unnamedAuthors(readMessage({ attachments }))).toEqual(['U0ONE']);
  });

  test('fits into a field, with the source whole', () => {
    const long = comment({ text: 'x'.repeat(10_000), user: 'U012HOWARD' });
    expect(long.length).toBeLessThanOrEqual(3_000);
    expect(long.length).toBeGreaterThan(2_990);
    expect(long.includes('(cut here; the rest is in Slack)')).toBe(true);
    expect(long.endsWith(`\n\n— Howard Enos in Slack, ${LINK}`)).toBe(true);
  });

  test('has a subject of its first line', () => {
    expect(slackDraft(readMessage({ text: '\n \n Printer jams \nagain' }), names, null).subject).toBe('Printer jams');
    expect(slackDraft(readMessage({ text: 'y'.repeat(500) }), names, null).subject).toHaveLength(120);
    expect(slackDraft(readMessage({}), names, null).subject).toBe('');
  });

  test('asks for the names of everybody who is mentioned', () => {
    const blocks = [{ type: 'rich_text', elements: [{ elements: [{ type: 'user', user_id: 'U0TWO' }] }] }];
    expect(mentionedUsers(readMessage({ text: 'a <@U0ONE> b <@U0THREE|x>', blocks }))).toEqual([
      'U0ONE',
      'U0THREE',
      'U0TWO',
    ]);
  });

  test('can be made of anything that Slack may send', () => {
    const message = fc.record(
      {
        text: fc.anything(),
        user: fc.anything(),
        username: fc.anything(),
        bot_profile: fc.anything(),
        ts: fc.anything(),
        thread_ts: fc.anything(),
        blocks: fc.oneof(fc.anything(), fc.array(fc.anything())),
        attachments: fc.oneof(fc.anything(), fc.array(fc.anything())),
        files: fc.oneof(fc.anything(), fc.array(fc.anything())),
      },
      { requiredKeys: [] },
    );
    // Slack sends JSON.
    const json = fc.oneof(
      message.filter((value) => isJsonable(value)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(json, (raw) => {
        const parsed = readMessage(raw);
        expect(slackDraft(parsed, names, LINK).comment.length).toBeLessThanOrEqual(3_000);
        mentionedUsers(parsed);
      }),
    );
  });
});

const isJsonable = (value: unknown): boolean => {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
};
