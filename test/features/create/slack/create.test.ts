import { describe, expect, test } from '@jest/globals';
import { draftFrom } from '../../../../src/features/create/slack/create-draft.ts';
import type { CreateFormState } from '../../../../src/features/create/slack/create-inputs.ts';
import { createCheckView } from '../../../../src/features/create/slack/create-submit.ts';
import { createView, lookingView } from '../../../../src/features/create/slack/form.ts';
import { customerLabels, customerOptions } from '../../../../src/features/customers/slack/customer-options.ts';
import { decide } from '../../../../src/runs/rules/decide.ts';
import { conclude } from '../../../../src/runs/rules/moves.ts';
import { done } from '../../../../src/runs/rules/run.ts';
import { correctable, correctRunView } from '../../../../src/runs/slack/correct-run.ts';
import { runMessage } from '../../../../src/runs/slack/message.ts';
import { createLinks } from '../../../../src/slack/links.ts';
import { AUDIENCES } from '../../../../src/syncro/audience.ts';
import type { CustomerSummary } from '../../../../src/syncro/customer.ts';
import { ticketNumber } from '../../../../src/syncro/ticket.ts';
import { aCreateRun } from '../../../runs/rules/a-create-run.ts';
import { anUnclear, lookUntilItGivesUp, sending } from '../../../runs/rules/a-run.ts';
import { aCustomer, aTicket, howard, minute, noon } from '../../../runs/rules/a-ticket.ts';
import { readMessage, readView } from '../../../slack/rendered.ts';

const links = createLinks('https://computerguru.syncromsp.com');
const long = '<!channel> & *long* 😀 '.repeat(60);
const made = { id: 501, number: '32168' };

const aState = (fields: Partial<CreateFormState> = {}): CreateFormState => ({
  formId: 'form-1',
  me: howard,
  draft: {},
  customer: null,
  alike: [],
  lists: null,
  facts: null,
  author: null,
  problem: null,
  links,
  now: noon,
  ...fields,
});

const lists = {
  statuses: ['New'],
  priorities: ['', '0 Urgent', '2 Normal'],
  priority: '2 Normal',
  problemTypes: ['Hardware', 'Hardware', 'Software'],
  technicians: [{ id: 1750, name: 'Howard Enos' }],
  timeZone: null,
};

describe('the form for a new ticket', () => {
  test('at once', () => {
    expect(readView(createView(aState()))).toMatchSnapshot();
    expect(readView(lookingView('form-1'))).toMatchSnapshot();
  });

  test('with everything read', () => {
    const customer = aCustomer();
    const openTickets = Array.from({ length: 6 }, (_, i) => aTicket({ number: ticketNumber(100 + i) }));
    const contacts = [{ id: 7, name: 'Jerry', email: 'jerry@x.example', phone: null }];
    const facts = { customer, contacts, openTickets, moreTickets: true };
    const author = { id: 1735, name: 'Michael Swanson', shared: true };
    const draft = { customer: '9001', contact: '7', subject: 'S', dueDate: '2026-12-01', problemType: 'Software' };
    expect(readView(createView(aState({ customer, lists, facts, author, draft })))).toMatchSnapshot();
  });

  test('stays within what Slack takes, whatever the account holds', () => {
    const customer = aCustomer({ name: long, personName: long, email: long, phone: long, city: long });
    const many = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, name: `${long} ${i}`, email: long, phone: null }));
    const names = Array.from({ length: 300 }, (_, i) => `Type ${i}`);
    const openTickets = Array.from({ length: 50 }, () => aTicket({ subject: long, customerName: long }));
    const state = aState({
      customer,
      alike: [{ ...customer, id: 2 }],
      facts: { customer, contacts: many, openTickets, moreTickets: true },
      lists: {
        statuses: [],
        priorities: [long, ...names],
        priority: 'Type 299',
        problemTypes: names,
        technicians: many,
        timeZone: null,
      },
      draft: { subject: long, description: long.repeat(5), notice: long, candidates: '1,2' },
    });
    readView(createView(state));
    const alone = createView({ ...state, lists: { ...lists, technicians: [] } });
    readView(alone);
    expect(JSON.stringify(alone)).toContain('"initial_option":{"text":{"type":"plain_text","text":"Howard Enos"');
  });

  test('of an account without lists has no empty menus', () => {
    const none = { statuses: [], priorities: [], priority: null, problemTypes: [], technicians: [], timeZone: null };
    expect(readView(createView(aState({ lists: none })))).not.toContain('Priority');
  });
});

test('the check shows every similar ticket that fits, and says how many more', () => {
  const similar = Array.from({ length: 7 }, (_, i) => ({
    ticket: aTicket({ number: ticketNumber(100 + i), subject: i === 0 ? '' : long }),
    technicianName: i === 0 ? null : 'Winter Hale',
  }));
  const text = readView(createCheckView('form-1', { result: 'similar', customerName: long, similar }, links, noon));
  expect(text).toContain('and 2 more');
  expect(text).toContain('[Comment on #100]');
  const one = similar.slice(1, 2).map((each) => ({ ...each, ticket: aTicket({ subject: 'Printer offline' }) }));
  expect(
    readView(createCheckView('form-1', { result: 'similar', customerName: 'Burger Barn', similar: one }, links, noon)),
  ).toMatchSnapshot();
});

describe('the message of a new ticket', () => {
  test('while it is on its way', () => {
    expect(readMessage(runMessage(aCreateRun(), links))).toMatchSnapshot();
  });

  test.each(AUDIENCES)('as the receipt, with a description for %s', (audience) => {
    const run = done(sending(aCreateRun({ audience })), made, 'answered', noon + 2_000);
    expect(readMessage(runMessage(run, links))).toMatchSnapshot();
  });

  test('as the receipt, without a description and without a number', () => {
    const bare = aCreateRun({ description: '', dueDate: '2026-12-01', problemType: 'Hardware' }, { status: null });
    expect(readMessage(runMessage(done(bare, made, 'answered', noon), links))).toMatchSnapshot();
    const word = readMessage(runMessage(done(bare, { id: null, number: null }, 'person', noon), links));
    expect(word).toMatchSnapshot();
    expect(word).not.toContain('[Bill]');
  });

  test('while nobody knows whether it is there, and when a person is asked', () => {
    expect(readMessage(runMessage(anUnclear(aCreateRun()), links))).toMatchSnapshot();
    const { run } = lookUntilItGivesUp(anUnclear(aCreateRun()));
    expect(readMessage(runMessage(run, links))).toMatchSnapshot();
    expect(readMessage(runMessage(decide(run, { kind: 'stop', step: 0 }, noon + minute), links))).toMatchSnapshot();
  });

  test('that Syncro refused, and the form that corrects it', () => {
    const refused = conclude(
      sending(aCreateRun()),
      { outcome: 'refused', status: 422, message: 'Problem type required' },
      noon,
    );
    expect(readMessage(runMessage(refused, links))).toMatchSnapshot();
    expect(readView(correctRunView(refused, 0, correctable(refused) ?? ''))).toMatchSnapshot();
    expect(readMessage(runMessage(decide(refused, { kind: 'stop', step: 0 }, noon), links))).toContain(
      'Nothing was sent.',
    );
  });

  test('stays within what Slack takes', () => {
    const run = aCreateRun(
      { subject: long, description: long, problemType: long },
      { customerName: long, emailTo: long, priority: long, technician: { id: 1, name: long } },
    );
    readMessage(runMessage(run, links));
    readMessage(runMessage(done(run, made, 'answered', noon), links));
    readMessage(runMessage(anUnclear(run), links));
  });
});

describe('customers as options', () => {
  const aSummary = (id: number, fields: Partial<CustomerSummary> = {}): CustomerSummary => ({
    id,
    name: 'John Smith',
    personName: null,
    email: null,
    phone: null,
    city: null,
    ...fields,
  });
  const labels = (...customers: CustomerSummary[]) => [...customerLabels(customers).values()];

  test('of different names need no more than the name', () => {
    expect(labels(aSummary(1), aSummary(2, { name: 'Jane Smith', city: 'Tucson' }))).toEqual([
      'John Smith',
      'Jane Smith',
    ]);
  });

  test.each([
    ['city', { city: 'Tucson' }, { city: 'Phoenix' }, ['Tucson', 'Phoenix']],
    ['phone', { city: 'Tucson', phone: '1' }, { city: 'Tucson', phone: '2' }, ['1', '2']],
    ['email', { phone: '1', email: 'a@x' }, { phone: '1', email: 'b@x' }, ['a@x', 'b@x']],
    ['id, when nothing else does', {}, {}, ['customer 1', 'customer 2']],
    ['id, when one has nothing', { city: 'Tucson' }, {}, ['customer 1', 'customer 2']],
  ])('of one name are told apart by %s', (_what, one, other, details) => {
    expect(labels(aSummary(1, one), aSummary(2, other))).toEqual(details.map((detail) => `John Smith · ${detail}`));
  });

  test('without a name, or with one that is all white space, are still somebody', () => {
    expect(labels(aSummary(1, { name: '' }), aSummary(2, { name: ' \n ' }))).toEqual(['Customer 1', 'Customer 2']);
  });

  test('say in the small line who they are', () => {
    const [option] = customerOptions([aSummary(1, { phone: '520', city: 'Tucson' })]);
    expect(option).toMatchObject({ value: '1', description: { text: '520 · Tucson' } });
  });
});

describe('what a form is opened with', () => {
  const jerry = aCustomer({ id: 1, name: 'Jerry Burger' });

  test('is the shortcut’s words as they are', () => {
    expect(draftFrom({ subject: 'A', description: 'B', audience: 'internal' }, null)).toEqual({
      subject: 'A',
      description: 'B',
      audience: 'internal',
    });
  });

  test('is the customer and the rest of the text', () => {
    const found = { match: 'one', customer: jerry, rest: 'phone broken' } as const;
    expect(draftFrom({ text: 'Jerry Burger phone broken' }, found)).toEqual({ customer: '1', subject: 'phone broken' });
  });

  test('says whom a name did not find', () => {
    const none = { match: 'none', rest: '' } as const;
    expect(draftFrom({ customerText: 'Nobody Inc' }, none).notice).toBe(
      '! No customer is named "Nobody Inc". Choose one.',
    );
    const unanswered = { match: 'unanswered', rest: '' } as const;
    const many = draftFrom({ text: 'A x' }, { match: 'too_many', rest: 'A x' });
    expect(many).toMatchObject({ subject: 'A x', notice: '! Too many customers match "A x". Choose one.' });
    expect(draftFrom({ customerId: 5 }, unanswered).notice).toContain('so no customer is filled in');
  });

  test('names at most a few of many candidates', () => {
    const customers = Array.from({ length: 60 }, (_, i) => ({ ...jerry, id: i + 1 }));
    const { notice, candidates } = draftFrom({ text: 'x' }, { match: 'several', customers, name: 'Jerry', rest: 'x' });
    expect(notice).toContain('60 customers match "Jerry"');
    expect(notice).toContain('and 54 more. Choose one.');
    expect(candidates?.split(',')).toHaveLength(50);
  });
});
