import type { Random } from '../simulation/random.ts';
import type { Modal, Person, SlackSandbox } from '../slack/slack.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import {
  type Colleague,
  count,
  type Diary,
  dollars,
  hoursText,
  invoicedTicket,
  nameOf,
  type Work,
  waitingOn,
} from './diary.ts';
import type { Pace } from './pace.ts';
import {
  AFTER_HOURS,
  CORRECTED,
  LOGGED,
  NEVER_FROM_BLOCK,
  PREMIUM_OF,
  PRICE_LIST,
  type Price,
  RATES,
  type Word,
} from './price-list.ts';
import type { Customer, Place } from './shop.ts';

export type Office = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  readonly random: Random;
  readonly diary: Diary;
  readonly place: Place;
  readonly pace: Pace;
};

/** What is to be billed, and how. */
export type Job = {
  readonly by: Colleague;
  readonly customer: Customer;
  readonly ticket: number;
  readonly subject: string;
  readonly word: Word;
  readonly minutes: number;
  /** Epoch milliseconds; `null`: it just ended. */
  readonly endedAt: number | null;
  readonly way: 'form' | 'line' | 'timer';
};

const MINUTE_MS = 60_000;
const EMAIL = 'Email the customer';
const AUDIENCES = [EMAIL, EMAIL, 'Customer portal, no email', 'Internal only'];
const REASONS = { Warranty: 'warranty', Goodwill: 'goodwill', Internal: 'internal' } as const;

const escaped = (text: string): string => text.replace(/[.$()[\]*+?^{}|\\]/g, '\\$&');
const lastTs = (person: Person): string => person.messages().at(-1)?.ts ?? '';

/** Minutes of the work that lie outside of business hours, by a calendar of this file's own. */
const minutesOutside = ({ offsetMs, spans }: Place, endedAt: number, minutes: number): number => {
  let outside = 0;
  for (let n = 1; n <= minutes; n++) {
    const local = new Date(endedAt - n * MINUTE_MS + offsetMs);
    const at = local.getUTCHours() * 60 + local.getUTCMinutes();
    const isWeekday = local.getUTCDay() >= 1 && local.getUTCDay() <= 5;
    if (!isWeekday || !spans.some(([from, to]) => at >= from && at < to)) outside++;
  }
  return outside;
};

export const createPeople = (office: Office) => {
  const { slack, syncro, random, diary, place, pace } = office;
  let works = 0;

  const wrong = (work: Work, what: string): void => void diary.problems.push(`${nameOf(work)}: ${what}`);
  /** Something must be in what is shown, or must not. */
  const see = (work: Work, text: string, words: string, wanted: boolean): void => {
    if (text.includes(words) !== wanted)
      wrong(work, `${wanted ? 'nobody said' : 'it was said'} "${words}" in\n${text}`);
  };

  const begin = (job: Job, more: Partial<Work> = {}): Work => {
    works += 1;
    const text = `Work ${works}: put it right for ${job.customer.name}.`;
    const audience = job.way === 'line' ? EMAIL : random.pick(AUDIENCES);
    const { by, customer, ticket, word, minutes } = job;
    return {
      ...{ id: works, ticket, customer, by, word, minutes, text, audience, price: null, end: 'waits' },
      ...{ promised: null, followed: null, reason: null, logged: false },
      description: audience === 'Internal only' ? job.subject : text,
      ...more,
    };
  };

  const openPreview = async (person: Person, job: Job, work: Work): Promise<Modal> => {
    const { ticket, word, minutes, endedAt, way } = job;
    if (way === 'line') await person.slash('/syncro', `bill ${ticket} ${minutes}m ${word} ${work.text}`);
    else {
      if (way === 'form') await person.slash('/syncro', `bill ${ticket}`);
      const form = await person.modal(`Bill #${ticket}`);
      await form.waitFor('Invoice');
      if (way === 'form') await form.type('Minutes', String(minutes));
      else if (form.value('Minutes') !== String(minutes)) wrong(work, `the timer measured ${form.value('Minutes')}`);
      await form.choose('Labor type', `${word} ${RATES[word]}`);
      await form.type('Comment', work.text);
      await form.choose('Audience', work.audience);
      if (endedAt !== null) await form.pickTime('Ended', endedAt);
      await form.submit('Preview');
    }
    const preview = await person.modal('Check and bill');
    await preview.waitFor(/\[(Bill|Charge) (again )?[$\d]/);
    return preview;
  };

  type Wish = { readonly asWorked?: true; readonly at120?: true; readonly block?: 'once' | 'times' };

  const blockOf = ({ customer }: Work, word: Word): number =>
    NEVER_FROM_BLOCK.includes(word) ? 0 : (diary.blocks.get(customer.id) ?? 0);

  /** What older lines of the ticket leave of a block. */
  const leftFor = (work: Work, word: Word): number =>
    waitingOn(diary, work.ticket)
      .filter((other) => other !== work && !NEVER_FROM_BLOCK.includes(other.word))
      .reduce((left, { price }) => left - (price?.hours ?? 0), blockOf(work, word));

  /**
   * By the list; where a block has too few hours, or may have by the time of the invoice, the one whose rate has the
   * premium in it takes the plain ones.
   */
  const priceOf = (work: Work, word: Word, later: boolean, { asWorked, at120, block }: Wish = {}): Price => {
    const row = PRICE_LIST[word][work.minutes];
    if (!row) throw new Error(`no price for ${work.minutes} min ${word}`);
    if (row.block && blockOf(work, word) > 0 && block !== 'once') {
      const fits = word === 'emergency-remote' || (leftFor(work, word) >= row.block.hours && !later);
      if (block === 'times' || fits) return row.block;
    }
    return (asWorked && row.asWorked) || (at120 && row.at120) || row.plain;
  };

  const labelOf = (work: Work, word: Word, price: Price, later: boolean): RegExp => {
    const left = blockOf(work, word);
    const hours = `${hoursText(price.hours)} h`;
    const money = left <= 0 ? dollars(price.dollars) : left >= price.hours && !later ? dollars(0) : hours;
    return new RegExp(`\\[${later ? 'Charge' : 'Bill'} (again )?${escaped(money)}\\]`);
  };

  /** Everything that a preview must say of this work, and nothing else of that kind. */
  const checkSaid = (work: Work, word: Word, text: string, outside: number): void => {
    const isPremium = AFTER_HOURS.includes(word);
    see(work, text, 'outside business hours', !isPremium && outside > 0);
    see(work, text, 'within business hours', isPremium && outside === 0);
    const { kind } = work.customer;
    const isRemote = word === 'remote' || word === 'emergency-remote';
    see(work, text, 'Gold', ['contract prices', 'contracts disagree'].includes(kind) && isRemote);
    see(work, text, 'Dear', kind === 'contracts disagree' && isRemote);
    see(work, text, 'Cover', kind === 'contract covers' && word === 'remote');
    see(work, text, 'Vague', kind === 'contract without a price' && isRemote);
    see(work, text, 'Without', kind === 'contract leaves out' && isRemote);
    for (const over of ['Former', 'Offered']) see(work, text, over, false);
    const small =
      word === 'emergency' &&
      blockOf(work, word) > 0 &&
      priceOf(work, word, false) === PRICE_LIST[word][work.minutes]?.plain;
    see(work, text, 'less than the', small);
  };

  const buttons = (modal: Modal): readonly string[] =>
    [...modal.text().matchAll(/\[([^\]]+)\]/g)].map(([, words = '']) => words);
  const press = async (modal: Modal, beginning: string): Promise<void> => {
    const button = buttons(modal).find((words) => words.startsWith(beginning));
    if (!button) throw new Error(`no button "${beginning}" in\n${modal.text()}`);
    count(diary, `pressed "${beginning.split(' ')[0]} …"`);
    await modal.click(button);
    // What it costs then may be the same: only what is offered now is another.
    await modal.waitFor(new RegExp(`^(?![^]*${escaped(`[${button}]`)})[^]*\\[(Bill|Charge) (again )?[$\\d]`));
  };

  const takes = ({ id }: Customer) =>
    syncro.state.schedules.find(
      (row) => row.customer_id === id && !row.paused && row.invoice_unbilled_ticket_charges,
    ) ?? null;

  const faults = (ticketId: number): void => {
    if (!random.chance(0.08)) return;
    const path = random.pick([/\/comment$/, /\/add_line_item$/, /^\/invoices$/, new RegExp(`^/tickets/${ticketId}$`)]);
    const method = path.source.includes('tickets') ? 'PUT' : 'POST';
    const kind = random.pick(['cut-after', '500-after', 'html', '429'] as const);
    syncro.fault({ kind, method, path, retryAfter: 5 });
    count(diary, `fault ${kind}`);
  };

  const idOf = (ticket: number): number => syncro.state.tickets.find(({ number }) => number === ticket)?.id ?? 0;

  const confirm = async (person: Person, preview: Modal, done: RegExp): Promise<string> => {
    const after = lastTs(person);
    if (random.chance(0.2)) await preview.submitTwice();
    else await preview.submit();
    const { text } = await person.message(done, { after, timeoutMs: 10 * MINUTE_MS });
    syncro.clearFaults();
    return text;
  };

  const logAsNotBillable = async (person: Person, preview: Modal, work: Work, label: string, reason: string) => {
    await preview.click('Not billable…');
    const log = await person.modal('Check and log');
    await log.waitFor('[Log ');
    await log.choose('Why is it not billable?', label);
    if (random.chance(0.3))
      syncro.fault({ kind: '422', method: 'PATCH', path: /^\/ticket_timers\//, body: { errors: ['No.'] } });
    await confirm(person, log, new RegExp(`Logged non-billable time on #${work.ticket}`));
    Object.assign(work, { end: 'not billable', reason });
    count(diary, 'not billable');
  };

  /**
   * Up to the price that the person means; every step is held against the list.
   * @returns holds it against the list once more
   */
  const choosePrice = async (
    preview: Modal,
    work: Work,
    isLater: () => boolean,
    outside: number,
  ): Promise<() => Promise<void>> => {
    let wish: Wish = {};
    const expectPrice = async (): Promise<void> => {
      const price = priceOf(work, work.word, isLater(), wish);
      await preview.waitFor(`${hoursText(price.hours)} h × ${dollars(price.rate)} = ${dollars(price.dollars)}`);
      await preview.waitFor(labelOf(work, work.word, price, isLater()));
      work.price = price;
    };
    const choose = async (beginning: string, next: Wish): Promise<void> => {
      await press(preview, beginning);
      wish = next;
      await expectPrice();
    };
    await expectPrice();
    checkSaid(work, work.word, preview.text(), outside);
    const other = PREMIUM_OF[work.word];
    if (outside > 0 && other && PRICE_LIST[other][work.minutes] && random.chance(0.6)) {
      work.word = other;
      await choose(`Switch to ${other} ·`, {});
      checkSaid(work, work.word, preview.text(), outside);
    }
    const row = PRICE_LIST[work.word][work.minutes];
    const { kind } = work.customer;
    // Where they would carry the premium twice, more hours are not offered.
    const isOffered = (hours: number) => work.word === 'emergency-remote' || leftFor(work, work.word) >= hours;
    if (row?.block && blockOf(work, work.word) > 0 && isOffered(row.block.hours) && random.chance(0.3)) {
      const next = work.price === row.block ? 'once' : 'times';
      const { hours } = next === 'once' ? row.plain : row.block;
      await choose(`Bill ${hoursText(hours)} h ·`, { block: next });
    } else if (row?.at120 && (kind === 'contract prices' || kind === 'contracts disagree') && random.chance(0.7))
      await choose('Price of Gold', { at120: true });
    else if (row?.asWorked && random.chance(0.3))
      await choose(`Bill the ${work.minutes} min worked`, { asWorked: true });
    return expectPrice;
  };

  /** Who reads that a recurring invoice holds a line sees to it in Syncro that it counts as invoiced, and looks again. */
  const flagInvoiced = async (preview: Modal, work: Work, expectPrice: () => Promise<void>): Promise<void> => {
    const words = 'is already on a recurring invoice';
    if (!preview.text().includes(words)) return;
    for (const line of syncro.state.lines)
      if (line.ticket_id === idOf(work.ticket) && line.invoice_id !== null) line.converted = true;
    count(diary, 'flagged in Syncro');
    await preview.choose('Invoice', 'Later');
    await preview.waitFor('[Charge ');
    await preview.choose('Invoice', 'Now');
    await expectPrice();
    see(work, preview.text(), words, false);
  };

  const bill = async (job: Job): Promise<void> => {
    const person = slack.person(job.by.id);
    const work = begin(job);
    const preview = await openPreview(person, job, work);
    const outside = minutesOutside(place, job.endedAt ?? Date.now(), job.minutes);
    const schedule = takes(job.customer);
    let later = schedule !== null;
    const expectPrice = await choosePrice(preview, work, () => later, outside);
    if (work.customer.kind === 'contract covers' && work.word === 'remote' && random.chance(0.7)) {
      diary.works.push(work);
      return logAsNotBillable(person, preview, work, 'Covered by contract', 'covered by contract');
    }
    if (random.chance(0.08)) {
      const label = random.pick(['Warranty', 'Goodwill', 'Internal'] as const);
      diary.works.push(work);
      return logAsNotBillable(person, preview, work, label, REASONS[label]);
    }
    if (job.way === 'line' && random.chance(0.25)) {
      later = !later;
      await preview.choose('Invoice', later ? 'Later' : 'Now');
      await expectPrice();
      if (!later) await flagInvoiced(preview, work, expectPrice);
      see(work, preview.text(), 'nothing will invoice this by itself', later && schedule === null);
    }
    faults(idOf(job.ticket));
    diary.works.push(work);
    const done = new RegExp(`${later ? 'Charged' : 'Billed'} #${job.ticket}`);
    const receipt = await confirm(person, preview, done);
    count(diary, later ? 'charged for later' : 'billed');
    if (later) {
      work.promised = schedule?.name ?? null;
      see(work, receipt, dollars(work.price?.dollars ?? Number.NaN), true);
      if (schedule) see(work, receipt, `goes on "${schedule.name}"`, true);
      else see(work, receipt, 'on no invoice', true);
      return;
    }
    const all = waitingOn(diary, job.ticket);
    if (blockOf(work, work.word) === 0 && all.every(({ word }) => word !== 'website'))
      see(work, receipt, dollars(all.reduce((sum, { price }) => sum + (price?.dollars ?? 0), 0)), true);
    invoicedTicket(diary, job.ticket, job.by);
  };

  const measure = async (person: Person, ticket: number, minutes: number): Promise<void> => {
    const after = lastTs(person);
    await person.slash('/syncro', `timer start ${ticket}`);
    await person.message(new RegExp(`Timer on #${ticket} .* started`), { after });
    await pace.idleUntil(Date.now() + minutes * MINUTE_MS);
    await person.slash('/syncro', 'timer stop');
  };

  /** Measured, then charged by Syncro itself. */
  const log = async (job: Job): Promise<void> => {
    const person = slack.person(job.by.id);
    const price = LOGGED[job.word]?.[job.minutes];
    if (!price) throw new Error(`no price for ${job.minutes} logged min ${job.word}`);
    const work = begin(job, { logged: true, price });
    work.description = work.text;
    await measure(person, job.ticket, job.minutes);
    await (await person.modal(`Bill #${job.ticket}`)).close();
    const stopped = await person.message(new RegExp(`Timer on #${job.ticket} stopped: ${job.minutes} min`));
    await stopped.click('Log in Syncro');
    const form = await person.modal(`Log time on #${job.ticket}`);
    await form.choose('Labor type', job.word);
    await form.type('Notes', work.text);
    await form.submit('Preview');
    const preview = await person.modal('Check and log');
    await preview.waitFor('[Log ');
    see(work, preview.text(), `${hoursText(price.hours)} h × ${dollars(price.rate)} = ${dollars(price.dollars)}`, true);
    diary.works.push(work);
    await confirm(person, preview, new RegExp(`Logged ${escaped(hoursText(price.hours))} h on #${job.ticket}`));
    count(diary, 'logged');
  };

  const timer = async (job: Job): Promise<void> => {
    await measure(slack.person(job.by.id), job.ticket, job.minutes);
    await bill({ ...job, way: 'timer', endedAt: null });
  };

  const card = async (person: Person, ticket: number) => {
    const after = lastTs(person);
    await person.slash('/syncro', `ticket ${ticket}`);
    return person.message(new RegExp(`#${ticket}`), { after });
  };

  /** An invoice of what is there, from the ticket's card or from a message about it. */
  const invoice = async (
    by: Colleague,
    ticket: number,
    from?: { click: (button: string) => Promise<unknown> },
  ): Promise<void> => {
    const person = slack.person(by.id);
    const waiting = waitingOn(diary, ticket);
    const sum = waiting.reduce((all, { price }) => all + (price?.dollars ?? 0), 0);
    await (from ?? (await card(person, ticket))).click(`Invoice ${dollars(sum)}`);
    const preview = await person.modal('Check and invoice');
    await preview.waitFor('[Invoice ');
    for (const work of waiting)
      see(work, preview.text(), `${hoursText(work.price?.hours ?? 0)} h × ${dollars(work.price?.rate ?? 0)}`, true);
    faults(idOf(ticket));
    await confirm(person, preview, new RegExp(`Invoiced #${ticket}`));
    invoicedTicket(diary, ticket, by);
    count(diary, 'invoiced what was there');
  };

  /** By what its hours were before: those of a premium that is in the product's own rate take a block that covers them. */
  const correctedHours = ({ word, price, customer }: Work, worked: number): Readonly<Record<number, number>> => {
    if (word === 'onsite') return CORRECTED.onsite;
    const had = (price?.hours ?? 0) > (worked / 60) * 1.25;
    if (!had || !AFTER_HOURS.includes(word)) return CORRECTED.plain;
    if (word === 'emergency-remote') return CORRECTED.premium;
    const block = diary.blocks.get(customer.id) ?? 0;
    return Object.fromEntries(
      Object.entries(CORRECTED.premium).map(([each, hours]) => [
        each,
        hours <= block ? hours : (CORRECTED.plain[Number(each)] ?? 0),
      ]),
    );
  };

  /** Other minutes than were charged, or none, and then the hour is billed anew. */
  const correct = async (work: Work, subject: string): Promise<void> => {
    const person = slack.person(work.by.id);
    await (await card(person, work.ticket)).click('Correct…');
    const modal = await person.modal(`Correct #${work.ticket}`);
    await modal.waitFor('What is invoiced is corrected on the invoice, in Syncro.');
    await modal.click('Correct');
    await modal.waitFor('[Preview]');
    const removes = random.chance(0.3);
    // Corrected before, other minutes were worked than at first.
    const worked = Number(modal.value('Minutes'));
    const hoursOf = correctedHours(work, worked);
    const minutes = random.pick(
      Object.keys(hoursOf)
        .map(Number)
        .filter((each) => each !== worked && hoursOf[each] !== work.price?.hours),
    );
    if (removes) await modal.click('Remove it');
    else {
      await modal.type('Minutes', String(minutes));
      await modal.submit('Preview');
    }
    const preview = await person.modal('Check and correct');
    await preview.waitFor(removes ? '[Remove ' : '[Save ');
    await confirm(person, preview, new RegExp(`Corrected #${work.ticket}`));
    count(diary, removes ? 'removed' : 'corrected');
    if (removes) {
      work.end = 'removed';
      const { by, customer, ticket, word } = work;
      return bill({ by, customer, ticket, subject, word, minutes: work.minutes, endedAt: null, way: 'form' });
    }
    const hours = hoursOf[minutes] ?? 0;
    const rate = work.price?.rate ?? 0;
    work.price = { hours, rate, dollars: Math.round(hours * rate * 100) / 100 };
  };

  return { bill, log, timer, invoice, correct, takes };
};

export type People = ReturnType<typeof createPeople>;
