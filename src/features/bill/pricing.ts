import type { BillWarning } from '../../runs/rules/bill-plan.ts';
import { unreadContracts } from '../../runs/rules/preview-warnings.ts';
import { type Price, type PriceFacts, priceOf } from '../../runs/rules/price.ts';
import {
  type ContractSays,
  contractsSay,
  decidedOf,
  type PriceChoice,
  priceChoices,
  priceWarnings,
} from '../../runs/rules/price-choices.ts';
import { isAppError } from '../../shared/errors.ts';
import type { LaborType, Product } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { type AllContracts, activeContracts } from '../../syncro/contract.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Caller } from '../../syncro/ports.ts';
import { createContractsOf } from '../tickets/if-allowed.ts';
import { type BillChoice, type BillPolicy, type InvoiceFacts, priceFacts } from './plan.ts';
import type { Looking, RecentProducts } from './recent-products.ts';
import { businessHoursOf, type OddHours, oddHours } from './work-hours.ts';

/** A technician's timer as far as it says when the work was done. */
export type MeasuredTimers = {
  get(id: string): Promise<{ readonly startedAt: number; readonly stoppedAt: number | null } | null>;
};

export type PricingDeps = {
  readonly product: RecentProducts;
  readonly terms: Pick<CustomerTerms, 'contracts'>;
  readonly timers: MeasuredTimers;
  readonly clock: Clock;
  readonly lists: Pick<AccountLists, 'settings'>;
  readonly labor: readonly LaborType[];
  readonly policy: BillPolicy;
};

type Priced = Pick<PriceFacts, 'product' | 'base'>;

/** What was read for a price, beside the ticket and its customer. */
export type PricingRead = Priced & {
  /** Everybody's; `null`: they can't be read. */
  readonly contracts: AllContracts | null;
  readonly odd: OddHours | null;
  /** The account's business hours can't be read: whether this was after hours, nobody knows. */
  readonly hoursUnread: boolean;
  /** The labor to switch to, or back to, and what it costs. */
  readonly other: (Priced & { readonly labor: LaborType }) | null;
};

/** The other labor for the same work. */
export type OtherLabor = { readonly labor: LaborType; readonly price: Price; readonly back: boolean };

/** What set a price, and what can be chosen instead. */
export type Pricing = {
  readonly price: Price;
  readonly choices: readonly PriceChoice[];
  readonly other: OtherLabor | null;
  readonly warnings: readonly BillWarning[];
  /** For the audit: what was chosen, and what a contract said against it. Absent: nothing. */
  readonly note?: string;
};

/** The products that say what a word costs. */
const productsOf = ({ productId, rate }: LaborType): readonly number[] =>
  rate ? [productId, rate.productId] : [productId];

const pricedBy = ({ productId, rate }: LaborType, read: ReadonlyMap<number, Product>): Priced => {
  const of = (id: number): Product => {
    const product = read.get(id);
    if (!product) throw new Error(`product ${id} was not read`);
    return product;
  };
  return { product: of(productId), base: rate ? of(rate.productId) : null };
};

const MINUTE_MS = 60_000;

/** `null`: Syncro does not let it be read. */
const ifReadable = <T>(reading: Promise<T>): Promise<T | null> =>
  reading.catch((error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  });

/** Reads what a price depends on. */
export const createPricing = ({ product, terms, timers, lists, labor, policy, clock }: PricingDeps) => {
  const contractsOf = createContractsOf({ terms, clock }, policy.readsContracts);
  /** When the work was done: as the person says, as the timer measured it, else just now. */
  const intervalOf = async ({ endedAt = null, workedMinutes }: BillChoice, timerId: string | null, now: number) => {
    const timer = endedAt === null && timerId !== null ? await timers.get(timerId) : null;
    if (timer?.stoppedAt) return { startedAt: timer.startedAt, endedAt: timer.stoppedAt };
    const end = endedAt ?? now;
    return { startedAt: end - workedMinutes * MINUTE_MS, endedAt: end };
  };

  const hoursOf = async (caller: Caller) => {
    const setting = policy.businessHours;
    const hours = businessHoursOf(setting, setting === 'account' ? await ifReadable(lists.settings(caller)) : null);
    return hours === 'unread'
      ? { hours: null, hoursUnread: labor.some(({ afterHours }) => afterHours) }
      : { hours, hoursUnread: false };
  };

  /** @throws AppError where a product can't be read */
  return async (
    technician: Technician,
    caller: Caller,
    choice: BillChoice,
    at: { readonly timerId: string | null; readonly now: number; readonly looking: Looking },
  ): Promise<PricingRead> => {
    const findOdd = async () => {
      const [interval, { hours, hoursUnread }] = await Promise.all([
        intervalOf(choice, at.timerId, at.now),
        hoursOf(caller),
      ]);
      return { odd: oddHours(choice.labor, interval, hours, labor), hoursUnread };
    };
    const findOther = async () => {
      const { odd, hoursUnread } = await findOdd();
      const other = labor.find(({ word }) => word === choice.insteadOf) ?? odd?.other ?? null;
      if (!other) return { odd, hoursUnread, other };
      // It is only offered: without its price the warning alone stands.
      const read = await ifReadable(product(caller, productsOf(other)));
      return { odd, hoursUnread, other: read && { labor: other, ...pricedBy(other, read) } };
    };
    const [own, contracts, hours] = await Promise.all([
      product(caller, productsOf(choice.labor), at.looking),
      contractsOf(technician, caller),
      findOther(),
    ]);
    return { ...pricedBy(choice.labor, own), contracts, ...hours };
  };
};

/** Everything that a person decided about the price, in words for the audit. */
const noteOf = ({ labor, wish, insteadOf }: BillChoice, price: Price, says: readonly ContractSays[]) => {
  const decided = [...(insteadOf ? [`${labor.word} instead of ${insteadOf}`] : []), ...decidedOf(price, says, wish)];
  return decided.length === 0 ? {} : { note: decided.join('; ') };
};

/** What speaks against this price. */
const warningsOf = (
  { labor }: BillChoice,
  facts: PriceFacts,
  price: Price,
  says: readonly ContractSays[],
  { odd, hoursUnread }: PricingRead,
): readonly BillWarning[] => [
  ...priceWarnings(facts, price, says),
  ...(hoursUnread ? [{ kind: 'hours_unread' } as const] : []),
  ...(odd ? [{ kind: odd.kind, work: odd.work, word: labor.word } as const] : []),
];

/** What the work costs and why, and what a person may choose instead; pure. */
export const pricingOf = (
  invoiced: InvoiceFacts,
  read: PricingRead,
  choice: BillChoice,
  policy: BillPolicy,
): Pricing & { readonly facts: PriceFacts } => {
  const { customer, timeZone, now } = invoiced;
  const active = activeContracts(read.contracts ?? [], customer.id, now, timeZone);
  const contracts = active.filter((contract) => contract.id !== null);
  const facts = priceFacts({ ...invoiced, product: read.product, base: read.base, contracts }, policy);
  const asked = { ...choice, policy };
  const price = priceOf(facts, asked);
  const says = contractsSay(facts, asked);
  const { workedMinutes, invoice = null } = choice;
  const otherOf = ({ labor, product, base }: NonNullable<PricingRead['other']>) =>
    priceOf({ ...facts, product, base }, { labor, workedMinutes, invoice, policy });
  return {
    facts,
    price,
    choices: priceChoices(facts, asked),
    other: read.other && {
      labor: read.other.labor,
      back: read.other.labor.word === choice.insteadOf,
      price: otherOf(read.other),
    },
    warnings: [...warningsOf(choice, facts, price, says, read), ...unreadContracts(read.contracts && active)],
    ...noteOf(choice, price, says),
  };
};
