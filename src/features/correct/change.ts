import type { Runs } from '../../runs/ports.ts';
import { type BillWarning, fromBlockHundredths, planned } from '../../runs/rules/bill-plan.ts';
import type { Target } from '../../runs/rules/correction.ts';
import { loggedWarnings, productWarnings, unreadContracts, unusualMinutes } from '../../runs/rules/preview-warnings.ts';
import type { PriceFacts } from '../../runs/rules/price.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { RoundingPolicy } from '../../shared/minutes.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { activeContracts } from '../../syncro/contract.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Invoice } from '../../syncro/invoice.ts';
import type { Caller, SyncroReads } from '../../syncro/ports.ts';
import type { Ticket } from '../../syncro/ticket.ts';
import { createContractsOf } from '../tickets/if-allowed.ts';
import type { Promised } from '../tickets/ports.ts';
import type { RecentCustomers } from '../tickets/recent-customers.ts';
import { uninvoicedLines } from '../tickets/unbilled.ts';
import { isPlain, type Line, type Making, makingOf, minutesOf, originOf } from './making.ts';
import {
  type CorrectChoice,
  correctedTime,
  costOf,
  type Filled,
  type Logged,
  laborsOf,
  otherWork,
  type Pricing,
  priceAnew,
  withPrice,
  withText,
} from './plan.ts';

export type ChangeDeps = {
  readonly reads: Pick<SyncroReads, 'product'>;
  readonly customers: RecentCustomers;
  readonly terms: Pick<CustomerTerms, 'contracts'>;
  readonly lists: Pick<AccountLists, 'timeZone'>;
  readonly runs: Pick<Runs, 'endedOn'>;
  readonly clock: Clock;
  /** The settings' labor words. */
  readonly labor: readonly LaborType[];
  readonly policy: RoundingPolicy & { readonly fromBlock: readonly number[]; readonly readsContracts: boolean };
};

/** What was read live of the ticket that the line is on. */
export type OnTicket = {
  readonly ticket: Ticket;
  readonly invoices: readonly Invoice[];
  readonly promised: Promised;
};

/** What one of them becomes. */
export type Change = {
  /** `null`: it is to go. */
  readonly after: Target | null;
  /** What it costs before and after; `null`: nobody is asked to pay, or nobody knows. */
  readonly costs: { readonly before: number | null; readonly after: number | null };
  /** Its labor, before and after, by the settings' words or Syncro's names; `null`: not known. */
  readonly labor: { readonly before: string | null; readonly after: string | null };
  /** Worked, before and after. */
  readonly minutes: { readonly before: number; readonly after: number };
  /** Of a line that is priced anew. */
  readonly pricing: Pricing | null;
  readonly warnings: readonly BillWarning[];
};

/** Reads what a line was priced from, and what it or logged time comes to as it is to be. */
export const createChanges = (deps: ChangeDeps) => {
  const { reads, customers, lists, policy, clock } = deps;
  const contractsOf = createContractsOf(deps, policy.readsContracts);

  const readLabor = async (caller: Caller, { productId, rate }: LaborType) => {
    const [product, base] = await Promise.all([
      reads.product(caller, productId),
      rate ? reads.product(caller, rate.productId) : null,
    ]);
    return { product, base };
  };

  /** `null`: no word of the settings stands for its product. */
  const making = async (caller: Caller, { id, customerId }: Ticket, line: Line): Promise<Making | null> => {
    const labors = laborsOf(line, deps.labor);
    const origin = originOf(line, await deps.runs.endedOn(id, 0));
    const needsRates = !isPlain(labors, origin);
    const [words, customer] = await Promise.all([
      Promise.all(labors.map(async (labor) => ({ labor, read: needsRates ? await readLabor(caller, labor) : null }))),
      needsRates ? customers.recent(caller, customerId) : null,
    ]);
    return makingOf(line, words, origin, (customer?.prepaidHundredths ?? 0) > 0, policy);
  };

  const readFacts = async (
    technician: Technician,
    caller: Caller,
    { ticket, invoices, promised }: OnTicket,
    line: Line,
    labor: LaborType,
  ): Promise<{ readonly facts: PriceFacts; readonly unread: readonly BillWarning[] }> => {
    const [{ product, base }, { prepaidHundredths }, all, timeZone] = await Promise.all([
      readLabor(caller, labor),
      customers.current(caller, ticket.customerId),
      contractsOf(technician, caller),
      lists.timeZone(caller),
    ]);
    const active = all && activeContracts(all, ticket.customerId, clock.now(), timeZone);
    const others = uninvoicedLines(ticket, invoices, promised.taken).filter(({ id }) => id !== line.id);
    return {
      unread: unreadContracts(active),
      facts: {
        ...{ product, base, prepaidHundredths },
        spokenForHundredths: fromBlockHundredths(others.map(planned), policy.fromBlock),
        contracts: (active ?? []).filter((contract) => contract.id !== null),
      },
    };
  };

  /** As it is to be. `pricing`: `null` where only its text changes. @throws AppError */
  const priceLine = async (
    technician: Technician,
    caller: Caller,
    read: OnTicket,
    line: Line,
    choice: Filled,
  ): Promise<{ readonly after: Line; readonly was: Making | null; readonly pricing: Pricing | null }> => {
    const was = await making(caller, read.ticket, line);
    const work = otherWork(was, choice);
    const after = withText(line, choice);
    if (!was || !work) return { after, was, pricing: null };
    const { facts, unread } = await readFacts(technician, caller, read, line, work.labor);
    const invoice = read.promised.days.has(line.id) ? 'later' : null;
    const pricing = priceAnew(line, was, work, choice, facts, { policy, invoice });
    const warnings = [...pricing.warnings, ...unread];
    return { after: withPrice(after, pricing, facts), was, pricing: { ...pricing, warnings } };
  };

  const changeLine = async (
    technician: Technician,
    caller: Caller,
    found: OnTicket,
    before: Line,
    choice: Filled,
  ): Promise<Change> => {
    const { after, was, pricing: priced } = await priceLine(technician, caller, found, before, choice);
    const minutes = was?.workedMinutes ?? minutesOf(before);
    // Words of one product tell more than its name.
    const isSameName = before.name === after.name;
    return {
      after,
      costs: { before: before.amountCents, after: after.amountCents },
      labor:
        priced && isSameName
          ? { before: was?.labor.word ?? null, after: priced.labor.word }
          : { before: before.name, after: after.name },
      minutes: { before: minutes, after: priced?.workedMinutes ?? minutes },
      pricing: priced,
      warnings: priced?.warnings ?? [],
    };
  };

  /** Of logged time Syncro names the product alone. */
  const productOf = (caller: Caller, id: number | null) => (id === null ? null : reads.product(caller, id));

  const wordOf = (productId: number | null): LaborType | null =>
    deps.labor.find((labor) => labor.productId === productId) ?? null;

  const changeTime = async (caller: Caller, before: Logged, choice: Filled): Promise<Change> => {
    const has = wordOf(before.productId);
    const to = choice.labor && choice.labor.word !== has?.word ? choice.labor : null;
    const [product, next] = await Promise.all([
      productOf(caller, before.productId),
      productOf(caller, to?.productId ?? null),
    ]);
    const after = correctedTime(before, choice, to);
    const minutes = minutesOf(after);
    const labor = to ?? has;
    const isPricedAnew = to !== null || minutes !== minutesOf(before);
    return {
      after,
      costs: {
        before: costOf(before, product?.rateCents ?? null),
        after: costOf(after, (next ?? product)?.rateCents ?? null),
      },
      labor: { before: has?.word ?? null, after: labor?.word ?? null },
      minutes: { before: minutesOf(before), after: minutes },
      pricing: null,
      warnings: [
        ...(next ? productWarnings(next, minutes) : unusualMinutes(minutes)),
        ...(labor && isPricedAnew ? loggedWarnings(labor, minutes, policy) : []),
      ],
    };
  };

  const remove = async (caller: Caller, before: Target): Promise<Change> => {
    const rate = before.of === 'line' ? null : await productOf(caller, before.productId);
    const minutes = minutesOf(before);
    return {
      after: null,
      costs: { before: costOf(before, rate?.rateCents ?? null), after: null },
      labor: { before: null, after: null },
      minutes: { before: minutes, after: minutes },
      ...{ pricing: null, warnings: [] },
    };
  };

  /** @throws AppError */
  const change = (
    technician: Technician,
    caller: Caller,
    found: OnTicket,
    before: Target,
    choice: CorrectChoice,
  ): Promise<Change> => {
    if (choice.remove) return remove(caller, before);
    return before.of === 'line'
      ? changeLine(technician, caller, found, before, choice)
      : changeTime(caller, before, choice);
  };

  return { making, wordOf, change };
};
