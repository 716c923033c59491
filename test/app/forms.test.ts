import { describe, expect, test } from '@jest/globals';
import { laterOf } from '../../src/features/bill/later.ts';
import { billView, filledInBill, parseBill } from '../../src/features/bill/slack/form.ts';
import { billPreview } from '../../src/features/bill/slack/preview.ts';
import { correctRunView } from '../../src/runs/slack/correct-run.ts';
import type { LaborType } from '../../src/shared/labor.ts';
import { strangerMessage } from '../../src/slack/error.ts';
import { readFormId, readValues } from '../../src/slack/forms/form-values.ts';
import { strangerView } from '../../src/slack/forms/problem.ts';
import { createLinks } from '../../src/slack/links.ts';
import { AUDIENCES } from '../../src/syncro/audience.ts';
import { ticketId, ticketNumber } from '../../src/syncro/ticket.ts';
import { aBilledTicket, aPlan, plainlyPriced } from '../runs/rules/a-bill.ts';
import { aCustomer, aLineItem, anInvoice, aTicket, noon, remoteProduct } from '../runs/rules/a-ticket.ts';
import { aBillAt } from '../runs/slack/a-bill-run.ts';
import { readView } from '../slack/rendered.ts';

const labor: readonly LaborType[] = [
  { word: 'remote', productId: 1190473, note: null, debitsPrepaid: true },
  { word: 'project', productId: 9269129, note: 'Does not debit the block', debitsPrepaid: false },
];
const number = ticketNumber(32164);
const known = {
  id: ticketId(1),
  number,
  subject: 'Own cloud thing again',
  customerId: 2,
  customerName: 'Jerry Burger',
};
const long = `<!channel> & ${'"x" 🖨️ '.repeat(800)}`;

describe('the bill form', () => {
  test('before anything is known of the ticket', () => {
    expect(readView(billView({ formId: 'f', number, labor, draft: {}, about: null }))).toMatchSnapshot();
  });

  test('with ticket and block', () => {
    const about = { ticket: known, beside: 'prepaid 6.5 h' };
    expect(readView(billView({ formId: 'f', number, labor, draft: {}, about }))).toMatchSnapshot();
  });

  test('with what was typed before', () => {
    const draft = { minutes: '1h 30m', labor: 'project', comment: 'Done.', audience: 'portal' };
    const view = billView({ formId: 'f', number, labor, draft, about: { ticket: known } });
    readView(view);
    const inputs = view.blocks.flatMap((block) => ('element' in block ? [block.element] : []));
    expect(inputs).toMatchObject([
      { initial_value: '1h 30m' },
      { initial_option: { value: 'project' } },
      { initial_value: 'Done.' },
      { initial_option: { value: 'portal' } },
    ]);
  });

  test('forgets a labor type that is gone from the settings', () => {
    const view = billView({ formId: 'f', number, labor, draft: { labor: 'gone' }, about: null });
    expect(JSON.stringify(view)).not.toContain('initial_option":{"text":{"type":"plain_text","text":"gone"');
    readView(view);
  });

  test('with the longest texts and a hundred labor types', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({
      ...labor[0],
      word: `type ${i}`,
      productId: i + 1,
      note: null,
      debitsPrepaid: true,
    }));
    const about = { ticket: { ...known, subject: long, customerName: long }, beside: 'prepaid 999999.99 h' };
    const draft = { minutes: '1'.repeat(20), labor: 'type 99', comment: 'x'.repeat(3_000), audience: 'internal' };
    readView(billView({ formId: 'f', number: ticketNumber(999_999_999), labor: many, draft, about }));
  });
});

describe('parseBill', () => {
  const values = (fields: { minutes?: string; labor?: string; comment?: string; audience?: string }) =>
    readValues({
      minutes: { minutes: { type: 'plain_text_input', value: fields.minutes ?? '45' } },
      labor: { labor: { type: 'static_select', selected_option: { value: fields.labor ?? 'remote' } } },
      comment: { comment: { type: 'plain_text_input', value: fields.comment ?? ' Done. ' } },
      audience: { audience: { type: 'radio_buttons', selected_option: { value: fields.audience ?? 'email' } } },
    });

  test('reads a filled-in form', () => {
    expect(parseBill(filledInBill(values({})), labor)).toMatchObject({
      ok: true,
      draft: { minutes: '45', labor: 'remote', comment: ' Done. ', audience: 'email', invoice: '' },
      choice: { workedMinutes: 45, labor: labor[0], comment: 'Done.', audience: 'email', invoice: null },
    });
  });

  test.each(AUDIENCES)('knows the audience %s', (audience) => {
    expect(parseBill(filledInBill(values({ audience })), labor)).toMatchObject({ ok: true, choice: { audience } });
  });

  test.each([
    ['no time', { minutes: 'abc' }, 'minutes', /Enter a time/],
    ['no minutes', { minutes: '0' }, 'minutes', /at least 1 minute/],
    ['more than a day', { minutes: '25h' }, 'minutes', /more than 24 hours/],
    ['an unknown labor type', { labor: 'gone' }, 'labor', /Choose a labor type/],
    ['blanks', { comment: ' \n' }, 'comment', /Write what you did/],
    ['too long a comment', { comment: 'x'.repeat(3_001) }, 'comment', /At most 3000/],
    ['an unknown audience', { audience: 'everybody' }, 'audience', /Choose who gets the comment/],
  ])('says at the field what is wrong with %s', (_what, fields, field, words) => {
    const parsed = parseBill(filledInBill(values(fields)), labor);
    expect(parsed).toEqual({ ok: false, errors: { [field]: expect.stringMatching(words) } });
  });

  test('says everything at once about an empty form, or one that can’t be read', () => {
    for (const raw of [{}, null, 'x', [1], { minutes: { minutes: { value: 5 } } }]) {
      const parsed = parseBill(filledInBill(readValues(raw)), labor);
      expect(parsed.ok ? [] : Object.keys(parsed.errors).toSorted()).toEqual([
        'audience',
        'comment',
        'labor',
        'minutes',
      ]);
    }
  });
});

describe('readFormId', () => {
  test.each([
    ['{"formId":"abc"}', 'abc'],
    ['{"formId":""}', null],
    ['{}', null],
    ['', null],
    ['not json', null],
    [undefined, null],
  ])('of %p is %p', (raw, id) => {
    expect(readFormId(raw)).toBe(id);
  });
});

const LOOK = { formId: 'f', preview: 'preview:1', alone: false };
const links = createLinks('https://computerguru.syncromsp.com');

describe('the preview', () => {
  const preview = (plan = aPlan()) =>
    billPreview.view(
      LOOK,
      {
        ticket: aBilledTicket(),
        plan,
        author: { id: 1750, name: 'Howard Enos', shared: false },
        later: laterOf([], 0),
        ...plainlyPriced,
      },
      links,
    );

  test('of a plain bill', () => {
    expect(readView(preview())).toMatchSnapshot();
  });

  test('with an older line, an invoice, an equal line and an equal comment', () => {
    const ticket = aTicket({
      lineItems: [
        aLineItem(),
        aLineItem({
          id: 701,
          productId: remoteProduct.id,
          name: remoteProduct.name,
          quantityHundredths: 75,
          rateCents: 15_000,
          createdAt: noon - 3_600_000,
        }),
      ],
      comments: [
        {
          id: 5,
          subject: 'Update',
          body: 'Fixed the sync',
          authorName: 'Winter Hale',
          authorId: 1737,
          hidden: false,
          createdAt: noon - 3_600_000,
        },
      ],
    });
    expect(
      readView(preview(aPlan({ ticket, invoices: [anInvoice({ lines: [] })], billingNow: 'Winter Hale' }))),
    ).toMatchSnapshot();
  });

  test('with a prepaid block', () => {
    expect(readView(preview(aPlan({ customer: aCustomer({ prepaidHundredths: 650 }) })))).toMatchSnapshot();
  });

  test('with a block that is too small, no address, rounding and no status', () => {
    const facts = {
      ticket: aTicket({ contact: null, customerEmail: null }),
      customer: aCustomer({ prepaidHundredths: 50, email: null }),
      statuses: ['New'],
    };
    expect(readView(preview(aPlan(facts, { workedMinutes: 541 }, { roundUpToMinutes: 15 })))).toMatchSnapshot();
  });

  test('without the account’s time zone', () => {
    expect(readView(preview(aPlan({ timeZone: null })))).toContain(
      "! The account's time zone is unknown: the invoice will be dated 2026-11-23 (UTC).",
    );
  });

  test.each([
    [1, 'A time entry in Syncro (0:42) was never charged, so no invoice includes that time.'],
    [3, '3 time entries in Syncro (2:06) were never charged, so no invoice includes that time.'],
  ])('with %i timer entries that nobody charged', (count, words) => {
    const entry = { notes: '', recorded: false, technicianId: 1750, lineItemId: null };
    const timers = Array.from({ length: count }, (_, id) => ({
      ...entry,
      id,
      startedAt: noon - 42 * 60_000,
      endedAt: noon,
    }));
    expect(readView(preview(aPlan({ ticket: aTicket({ timers }) })))).toContain(`! ${words}`);
  });

  test('under the shared key’s name', () => {
    const view = billPreview.view(
      LOOK,
      {
        ticket: aBilledTicket(),
        plan: aPlan(),
        author: { id: 1, name: 'Rob Keane', shared: true },
        later: laterOf([], 0),
        ...plainlyPriced,
      },
      links,
    );
    expect(readView(view)).toContain('! Will be posted as Rob Keane (the shared key), not under your name.');
  });

  test('with the longest texts, a hundred older lines and every warning', () => {
    const lineItems = Array.from({ length: 100 }, (_, i) => aLineItem({ id: i + 1, name: long, description: long }));
    const invoices = Array.from({ length: 30 }, (_, i) => anInvoice({ id: i + 1, lines: [] }));
    const facts = {
      ticket: aTicket({ subject: long, customerName: long, lineItems }),
      customer: aCustomer({ name: long }),
      product: { ...remoteProduct, name: long, rateCents: 0, disabled: true },
      invoices,
    };
    readView(preview(aPlan(facts, { comment: 'x'.repeat(3_000), workedMinutes: 1_440 })));
  });

  test('while it is read, and when it failed', () => {
    expect(readView(billPreview.loading(LOOK))).toMatchSnapshot();
    expect(readView(billPreview.failed(LOOK, strangerMessage('U1')))).toMatchSnapshot();
  });
});

describe('other forms', () => {
  test('to correct what Syncro refused', () => {
    const run = aBillAt('line_item');
    const steps = run.steps.map((step, i) =>
      i === 1
        ? {
            ...step,
            state: {
              phase: 'asking' as const,
              question: { kind: 'refused' as const, status: 422, message: long },
              intent: null,
              looks: [],
            },
          }
        : step,
    );
    const view = correctRunView({ ...run, steps }, 1, 'x'.repeat(4_000));
    expect(readView(view)).toContain('Description');
    expect(readView(correctRunView({ ...run, steps }, 1, 'Fixed the sync'))).toContain(
      'Syncro refused the labor line of #32164',
    );
  });

  test('for strangers', () => {
    expect(readView(strangerView(strangerMessage('U0GUEST')))).toMatchSnapshot();
  });
});
