import type { SlackSandbox } from '../slack/slack.ts';
import type { LoggedRequest } from '../syncro/request-log.ts';
import type { SyncroState } from '../syncro/state.ts';
import { type Colleague, type Diary, hoursText, nameOf, type Work } from './diary.ts';
import { AFTER_HOURS, MOST_AN_HOUR, PRODUCTS, TAXED } from './price-list.ts';

/** What there is when the month is over: the account, and what people can see. */
export type Evidence = {
  readonly state: SyncroState;
  readonly slack: SlackSandbox;
  readonly requests: readonly LoggedRequest[];
  readonly staff: readonly Colleague[];
  readonly billers: readonly Colleague[];
  readonly diary: Diary;
  readonly now: number;
};

/** What is there and should not be, and what should be there and is not. */
const compare = (what: string, there: readonly string[], right: readonly string[]): readonly string[] => {
  const left = [...right];
  const extra = there.filter((each) => {
    const place = left.indexOf(each);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
  return [...extra.map((each) => `${what} too many: ${each}`), ...left.map((each) => `${what} missing: ${each}`)];
};

const numbersOf = ({ tickets }: SyncroState): ReadonlyMap<number, number> =>
  new Map(tickets.map(({ id, number }) => [id, number]));

/** Every line is what the price list says, under the name of who did the work, and invoiced or not as people know. */
const judgeLines = ({ state, diary }: Evidence): readonly string[] => {
  const numbers = numbersOf(state);
  const there = state.lines.map((line) =>
    [
      `#${numbers.get(line.ticket_id)} "${line.description}" product ${line.product_id}, ${line.quantity} h`,
      `at ${line.retail_cents} cents, ${line.taxable ? 'taxed' : 'not taxed'}, by ${line.user_id}`,
      line.invoice_id === null ? 'waits' : 'invoiced',
    ].join(', '),
  );
  const right = diary.works.flatMap(({ ticket, description, word, price, end, by }) =>
    price && (end === 'waits' || end === 'invoiced')
      ? [
          [
            `#${ticket} "${description}" product ${PRODUCTS[word]}, ${price.hours} h`,
            `at ${price.rate * 100} cents, ${TAXED.includes(word) ? 'taxed' : 'not taxed'}, by ${by.syncroUserId}`,
            end,
          ].join(', '),
        ]
      : [],
  );
  return compare('line', there, right);
};

/** Each invoice holds the lines that it took and those of its own, each once; and whoever made it is known. */
const judgeInvoices = ({ state, diary }: Evidence): readonly string[] => {
  const numbers = numbersOf(state);
  const own = state.schedules.flatMap(({ lines }) => lines.map(({ name }) => name));
  const contents = state.invoices.flatMap((invoice) =>
    compare(
      `on invoice ${invoice.number}`,
      state.invoiceLines
        .filter((line) => line.invoice_id === invoice.id && !(invoice.ticket_id === null && own.includes(line.item)))
        .map(({ name, product_id, quantity }) => `"${name}" product ${product_id}, ${quantity} h`),
      state.lines
        .filter((line) => line.invoice_id === invoice.id)
        .map(({ description, product_id, quantity }) => `"${description}" product ${product_id}, ${quantity} h`),
    ),
  );
  const there = state.invoices.flatMap(({ ticket_id, user_id }) =>
    ticket_id === null ? [] : [`of #${numbers.get(ticket_id)} by ${user_id}`],
  );
  const right = diary.invoices.map(({ ticket, by }) => `of #${ticket} by ${by.syncroUserId}`);
  return [...contents, ...compare('invoice', there, right)];
};

/** What was said was said once, by who did the work, and mailed where that was chosen. */
const judgeComments = ({ state, diary }: Evidence): readonly string[] => {
  const numbers = numbersOf(state);
  const mailed = new Set(state.outbox.map(({ commentId }) => commentId));
  const there = state.comments
    .filter(({ subject }) => subject !== 'Not billable')
    .map(
      ({ id, ticket_id, body, hidden, user_id }) =>
        `#${numbers.get(ticket_id)} "${body}"${hidden ? ' hidden' : ''}${mailed.has(id) ? ' mailed' : ''} by ${user_id}`,
    );
  const right = diary.works
    .filter(({ logged }) => !logged)
    .map(
      ({ ticket, text, audience, by }) =>
        `#${ticket} "${text}"${audience === 'Internal only' ? ' hidden' : ''}${audience.startsWith('Email') ? ' mailed' : ''} by ${by.syncroUserId}`,
    );
  return compare('comment', there, right);
};

/** Time that nobody pays for is an entry that says so, or a comment with hours and reason; logged time was charged. */
const judgeTime = ({ state, diary }: Evidence): readonly string[] => {
  const numbers = numbersOf(state);
  const there = [
    ...state.timers.map(({ ticket_id, notes, billable, recorded, user_id, start_time, end_time }) => {
      const minutes = (Date.parse(end_time ?? '') - Date.parse(start_time)) / 60_000;
      return `#${numbers.get(ticket_id)} "${notes}" ${minutes} min, ${billable ? 'billable' : 'not billable'}, ${recorded ? 'charged' : 'not charged'}, by ${user_id}`;
    }),
    ...state.comments
      .filter(({ subject, hidden }) => subject === 'Not billable' && hidden)
      .map(({ ticket_id, body, user_id }) => `#${numbers.get(ticket_id)} ${body}, by ${user_id}`),
  ];
  const entryOf = ({ ticket, text, minutes, reason, by, logged }: Work): string =>
    logged
      ? `#${ticket} "${text}" ${minutes} min, billable, charged, by ${by.syncroUserId}`
      : `#${ticket} "Not billable: ${reason}\n${text}" ${minutes} min, not billable, not charged, by ${by.syncroUserId}`;
  const commentOf = ({ ticket, word, minutes, reason, by }: Work): string =>
    `#${ticket} ${hoursText(Math.round((minutes * 10_000) / 60) / 10_000)} h ${word}, not billable: ${reason}, by ${by.syncroUserId}`;
  const right = diary.works
    .filter(({ end, logged }) => end === 'not billable' || logged)
    .map((work) => (there.includes(commentOf(work)) ? commentOf(work) : entryOf(work)));
  return compare('time', there, right);
};

const reportsTo = ({ slack }: Evidence, { id }: Colleague): readonly string[] =>
  slack
    .person(id)
    .dm()
    .map(({ text }) => text)
    .filter((text) => text.includes('still on no invoice'));

/** What waits will be taken, or was reported to who did the work and to who bills; what was taken is said to be. */
const judgeEnds = (evidence: Evidence): readonly string[] => {
  const { state, slack, diary, billers, now } = evidence;
  const problems: string[] = [];
  const isTold = (who: Colleague, { ticket }: Work): boolean =>
    reportsTo(evidence, who).some((text) => text.includes(`#${ticket}`));
  for (const work of diary.works) {
    const { customer, end, followed, ticket, by, price } = work;
    const hasNext = state.schedules.some(
      (row) =>
        row.customer_id === customer.id &&
        row.invoice_unbilled_ticket_charges &&
        !row.paused &&
        Date.parse(row.next_run) > now,
    );
    // Nobody makes an invoice of what costs nothing.
    if (end === 'waits' && followed !== 'left' && !hasNext && price?.dollars !== 0)
      problems.push(`${nameOf(work)} has no end`);
    if (end === 'waits' && followed === 'left')
      for (const who of [by, ...billers])
        if (!isTold(who, work))
          problems.push(`${nameOf(work)} was left by its recurring invoice, and ${who.name} was not told`);
    const said = slack
      .person(by.id)
      .dm()
      .some(({ text }) => text.includes(`Charged #${ticket}`) && text.includes('On an invoice, seen'));
    if (followed === 'taken' && work.promised !== null && !said)
      problems.push(`${nameOf(work)} was taken by its recurring invoice, and its receipt does not say so`);
  }
  const left = new Set(diary.works.filter(({ followed }) => followed === 'left').map(({ ticket }) => ticket));
  for (const who of evidence.staff)
    for (const text of reportsTo(evidence, who))
      for (const [, number] of text.matchAll(/#(\d+)/g))
        if (!left.has(Number(number))) problems.push(`${who.name} was told of #${number}, where nothing was left`);
  return problems;
};

/** A block has what its work left of it, and no premium was taken in money more than once. */
const judgeMoney = ({ state, diary }: Evidence): readonly string[] => [
  ...state.customers.flatMap(({ id, prepay_hours }) => {
    const [there, right] = [Number(prepay_hours ?? 0), diary.blocks.get(id) ?? 0];
    return Math.abs(there - right) < 0.00005 && there >= 0
      ? []
      : [`customer ${id} has ${there} prepaid hours, not ${right}`];
  }),
  ...diary.works.flatMap((work) => {
    const { word, price, minutes, customer, end } = work;
    if (!AFTER_HOURS.includes(word) || !price || end === 'removed' || customer.kind.startsWith('block')) return [];
    const most = (minutes / 60 + 0.005) * MOST_AN_HOUR[word];
    const isCorrected = Math.abs(price.hours - minutes / 60) > 0.006;
    return isCorrected || price.dollars <= most + 0.005
      ? []
      : [`${nameOf(work)} costs ${price.dollars}, at most ${most}`];
  }),
];

/** Nobody else's key wrote anything. */
const judgeKeys = ({ requests, staff }: Evidence): readonly string[] =>
  requests
    .filter(
      ({ method, technician }) => method !== 'GET' && !staff.some(({ syncroUserId }) => syncroUserId === technician),
    )
    .map(({ method, path, technician }) => `${method} ${path} went under the key of ${technician}`);

/** Reads only the account and what people could see; the right prices and ends are the diary's. */
export const judgeMonth = (evidence: Evidence): readonly string[] => [
  ...evidence.diary.problems,
  ...evidence.slack.problems,
  ...judgeLines(evidence),
  ...judgeInvoices(evidence),
  ...judgeComments(evidence),
  ...judgeTime(evidence),
  ...judgeEnds(evidence),
  ...judgeMoney(evidence),
  ...judgeKeys(evidence),
];
