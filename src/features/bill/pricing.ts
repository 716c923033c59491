import type { BillWarning } from '../../runs/rules/bill-plan.ts';
import { contractsUnread } from '../../runs/rules/preview-warnings.ts';
import { type Price, type PriceFacts, priceOf } from '../../runs/rules/price.ts';
import {
  type ContractSays,
  contractsSay,
  decidedOf,
  type PriceChoice,
  priceChoices,
  priceWarnings,
} from '../../runs/rules/price-choices.ts';
import type { LaborType, Product } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { type AllContracts, activeContracts } from '../../syncro/contract.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Caller } from '../../syncro/ports.ts';
import { createContractsOf, ifReadable } from '../tickets/if-allowed.ts';
import {
  createWorkHours,
  hoursWarnings,
  type MeasuredTimer,
  type WorkHours,
  type WorkHoursDeps,
  workIntervals,
} from '../tickets/work-hours.ts';
import { type BillChoice, type BillPolicy, type InvoiceFacts, priceFacts } from './plan.ts';
import type { Looking, RecentProducts } from './recent-products.ts';

export type MeasuredTimers = { get(id: string): Promise<MeasuredTimer | null> };

export type PricingDeps = WorkHoursDeps & {
  readonly product: RecentProducts;
  readonly terms: Pick<CustomerTerms, 'contracts'>;
  readonly timers: MeasuredTimers;
  readonly clock: Clock;
  readonly policy: BillPolicy;
};

type Priced = Pick<PriceFacts, 'product' | 'base'>;

/** What was read for a price, beside the ticket and its customer. */
export type PricingRead = Priced &
  WorkHours & {
    readonly contracts: AllContracts;
    /** The labor to switch to, or back to, and what it costs. */
    readonly others: ReadonlyArray<Priced & { readonly labor: LaborType }>;
  };

/** The other labor for the same work. */
export type OtherLabor = { readonly labor: LaborType; readonly price: Price; readonly back: boolean };

/** What set a price, and what can be chosen instead. */
export type Pricing = {
  readonly price: Price;
  readonly choices: readonly PriceChoice[];
  readonly others: readonly OtherLabor[];
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

/** Reads what a price depends on. */
export const createPricing = ({ product, terms, timers, lists, labor, policy, clock }: PricingDeps) => {
  const contractsOf = createContractsOf({ terms, clock }, policy.readsContracts);
  const workHours = createWorkHours({ lists, labor, policy });

  /** @throws AppError where a product can't be read */
  return async (
    technician: Technician,
    caller: Caller,
    choice: BillChoice,
    at: { readonly timerId: string | null; readonly now: number; readonly looking: Looking },
  ): Promise<PricingRead> => {
    const findOthers = async () => {
      const { endedAt = null, workedMinutes } = choice;
      // What the person says goes before what the timer measured.
      const timer = endedAt === null && at.timerId !== null ? await timers.get(at.timerId) : null;
      const hours = await workHours(caller, choice.labor, workIntervals(timer, endedAt ?? at.now, workedMinutes));
      const back = labor.filter(({ word }) => word === choice.insteadOf);
      const offered = back.length > 0 ? back : (hours.odd?.others ?? []);
      // They are only offered: without their prices the warning alone stands.
      const read = await Promise.all(offered.map((other) => ifReadable(product(caller, productsOf(other)))));
      const others = offered.flatMap((other, i) => {
        const products = read[i];
        return products ? [{ labor: other, ...pricedBy(other, products) }] : [];
      });
      return { ...hours, others };
    };
    const [own, contracts, hours] = await Promise.all([
      product(caller, productsOf(choice.labor), at.looking),
      contractsOf(technician, caller),
      findOthers(),
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
  price: Price,
  says: readonly ContractSays[],
  read: PricingRead,
): readonly BillWarning[] => [...priceWarnings(price, says), ...hoursWarnings(labor, read)];

/** What the work costs and why, and what a person may choose instead; pure. */
export const pricingOf = (
  invoiced: InvoiceFacts,
  read: PricingRead,
  choice: BillChoice,
  policy: BillPolicy,
): Pricing & { readonly facts: PriceFacts } => {
  const { customer, timeZone, now } = invoiced;
  const { contracts, unread } = activeContracts(read.contracts, customer.id, now, timeZone);
  const facts = priceFacts({ ...invoiced, product: read.product, base: read.base, contracts }, policy);
  const asked = { ...choice, policy };
  const price = priceOf(facts, asked);
  const says = contractsSay(facts, asked);
  const { workedMinutes, invoice = null } = choice;
  const otherOf = ({ labor, product, base }: PricingRead['others'][number]): OtherLabor => ({
    labor,
    back: labor.word === choice.insteadOf,
    price: priceOf({ ...facts, product, base }, { labor, workedMinutes, invoice, policy }),
  });
  return {
    facts,
    price,
    choices: priceChoices(facts, asked),
    others: read.others.map(otherOf),
    warnings: [...warningsOf(choice, price, says, read), ...contractsUnread(unread)],
    ...noteOf(choice, price, says),
  };
};
