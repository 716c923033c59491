import { describe, expect, test } from '@jest/globals';
import {
  alreadyThereMessage,
  notUploadedMessage,
  sessionLogCaption,
} from '../../../../src/features/session-logs/slack/buttons.ts';
import type { WrittenLog } from '../../../../src/features/session-logs/write.ts';
import { ticketNumber } from '../../../../src/syncro/ticket.ts';
import { readMessage } from '../../../slack/rendered.ts';

const PATH = 'clients/jerry-burger/session-logs/2026-11-24-32164-own-cloud-thing-again.md';
const aLog = (saved: WrittenLog['saved']): WrittenLog => ({
  number: ticketNumber(32164),
  file: '2026-11-24-32164-own-cloud-thing-again.md',
  text: '# log',
  saved,
});

describe('what is said of a session log', () => {
  test('is where it is, or that it is nowhere else', () => {
    expect(sessionLogCaption(aLog({ result: 'written', path: PATH }))).toBe(`Session log of #32164, saved as ${PATH}`);
    expect(sessionLogCaption(aLog(null))).toBe('Session log of #32164.');
    expect(sessionLogCaption(aLog({ result: 'failed', why: 'the disk is full' }))).toBe(
      'Session log of #32164. Only here: it could not be saved, because the disk is full.',
    );
  });

  test('offers the file when it is there already', () => {
    expect(readMessage(alreadyThereMessage(aLog({ result: 'already_there', path: PATH }), PATH))).toBe(
      `The session log of #32164 is already there, as ${PATH}; nothing has changed since.\n[Download]`,
    );
  });

  test.each([
    [
      { result: 'written', path: PATH } as const,
      `is saved as ${PATH}, but Slack didn't accept the file (ratelimited).`,
    ],
    [null, "could not be shown: Slack didn't accept the file (ratelimited)."],
    [
      { result: 'failed', why: 'the disk is full' } as const,
      "could not be shown or saved (the disk is full): Slack didn't accept the file (ratelimited).",
    ],
  ])('says what failed and what did not: %j', (saved, words) => {
    expect(readMessage(notUploadedMessage(aLog(saved), 'ratelimited'))).toBe(
      `The session log of #32164 ${words}\n[Try again]`,
    );
  });

  test('mentions nobody, however the folder is called', () => {
    readMessage(alreadyThereMessage(aLog(null), '/srv/<!channel>/*x*'));
  });
});
