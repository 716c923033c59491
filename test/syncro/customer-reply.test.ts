import { describe, expect, test } from '@jest/globals';
import { unansweredReplies } from '../../src/syncro/customer-reply.ts';
import type { Comment } from '../../src/syncro/ticket.ts';
import { aComment, hour, noon } from '../runs/rules/a-ticket.ts';

const technicians = new Set(['Howard Enos', 'Winter Hale']);
const customerNames = new Set(['Acme West', 'Jerry Burger']);
const since = noon - 24 * hour;

const customers = (id: number, fields: Partial<Comment> = {}): Comment =>
  aComment({
    id,
    subject: 'Customer Reply',
    authorId: null,
    authorName: null,
    hidden: false,
    createdAt: noon + id,
    ...fields,
  });
const ours = (id: number, fields: Partial<Comment> = {}): Comment =>
  aComment({
    id,
    subject: 'Update',
    authorId: 1750,
    authorName: 'Howard Enos',
    hidden: false,
    createdAt: noon + id,
    ...fields,
  });

const ids = (comments: readonly Comment[]): readonly number[] =>
  unansweredReplies(comments, { since, technicians, customers: customerNames }).map(({ id }) => id);

describe('what the customer wrote and nobody answered', () => {
  test.each<[string, readonly Comment[], readonly number[]]>([
    ['is nothing on a ticket without comments', [], []],
    ['is all since the last answer, oldest first', [customers(4), customers(1), ours(2), customers(3)], [3, 4]],
    ['is not ended by an internal note', [customers(1), ours(2, { hidden: true })], [1]],
    ['is nothing behind an answer', [customers(1), ours(2)], []],
    ['is nothing behind an answer of which only the name is known', [customers(1), ours(2, { authorId: null })], []],
    [
      'is known by its subject where Syncro puts a technician’s name on it',
      [customers(1, { authorName: 'Howard Enos' })],
      [1],
    ],
    ['is known by Syncro’s own mark', [customers(1, { subject: 'x', authorName: 'customer-reply' })], [1]],
    ['is known by the contact’s name', [customers(1, { subject: 'x', authorName: 'Jerry Burger' })], [1]],
    ['is known by a name in small letters', [customers(1, { subject: 'x', authorName: 'jerry burger' })], [1]],
    ['is known by a name behind which is a blank', [customers(1, { subject: 'x', authorName: 'Jerry  Burger ' })], [1]],
    [
      'is nothing behind the answer of a name in small letters',
      [customers(1), ours(2, { authorId: null, authorName: 'howard enos' })],
      [],
    ],
    ['is not what a name of nothing visible says', [customers(1, { subject: 'x', authorName: '\u200b' })], []],
    ['is not what a monitor says', [customers(1, { subject: 'Alert', authorName: 'RMM Monitor' })], []],
    ['is not what names nobody', [customers(1, { subject: 'Appointment' })], []],
    ['is not answered by an automation', [customers(1), customers(2, { subject: 'Reminder', authorName: 'Bot' })], [1]],
    ['is not the first words of a ticket', [customers(1, { subject: 'Initial Issue' })], []],
    ['is nothing hidden', [customers(1, { hidden: true })], []],
    ['is nothing old', [customers(1, { createdAt: since - 1 })], []],
    ['is nothing without a time', [customers(1, { createdAt: null })], []],
    [
      'is told apart by id in one and the same moment',
      [ours(1, { createdAt: noon }), customers(2, { createdAt: noon })],
      [2],
    ],
  ])('%s', (_what, comments, expected) => {
    expect(ids(comments)).toEqual(expected);
  });
});
