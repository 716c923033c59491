import { describe, expect, test } from '@jest/globals';
import {
  BILL,
  type ChooserState,
  COMMENT,
  chooserView,
} from '../../../../src/features/on-message/slack/choose-ticket.ts';
import { readingView } from '../../../../src/slack/forms/in-view.ts';
import { ticketNumber } from '../../../../src/syncro/ticket.ts';
import { readView } from '../../../slack/rendered.ts';

const long = `<!channel> & ${'"x" 🖨️ '.repeat(800)}`;
const ticket = (number: number, subject: string | null) => ({
  number: ticketNumber(number),
  subject,
  customerName: subject,
});

const read = (fields: Partial<ChooserState> = {}): string =>
  readView(chooserView({ formId: 'f', purpose: BILL, why: '', offered: [], missing: [], draft: null, ...fields }));

describe('the question which ticket', () => {
  test('on its own is one field', () => {
    expect(read()).toMatchSnapshot();
  });

  test('shows what was said, what was not found and what is offered', () => {
    expect(
      read({
        purpose: COMMENT,
        why: 'The message names several tickets. Which one?',
        offered: [ticket(32164, 'Own cloud thing again'), ticket(32163, null)],
        missing: [ticketNumber(99_999)],
        draft: 'Rebooted it.\n\n— Winter Hale in Slack',
      }),
    ).toMatchSnapshot();
  });

  test('has my running timer’s ticket on top', () => {
    expect(read({ why: 'Your timer runs on:', offered: [ticket(32155, 'Printer offline')] })).toMatch(
      /Your timer runs on:[\s\S]*\[#32155 Printer offline\][\s\S]*Ticket/,
    );
  });

  test('takes the longest texts and the most tickets', () => {
    const offered = Array.from({ length: 9 }, (_, i) => ticket(100_000_000 + i, long));
    read({ why: 'x', offered, missing: offered.map(({ number }) => number), draft: long });
    readView(readingView('Add to ticket', 'Reading the message'));
  });
});
