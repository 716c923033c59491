import { type LaborType, type Product, roundingOf } from '../../shared/labor.ts';
import { billedMinutes, type RoundingPolicy, sameHours } from '../../shared/minutes.ts';
import { sameAs } from '../../shared/text.ts';
import type { ActiveContracts } from '../../syncro/contract.ts';
import type { Comment, Ticket } from '../../syncro/ticket.ts';
import { type BillWarning, type PlannedLine, planned } from './bill-plan.ts';

/** How loudly each is said, the most serious first. */
const SERIOUSNESS = {
  billed_now: 'error',
  equal_comment: 'error',
  equal_line: 'error',
  line_invoiced: 'error',
  negative_rate: 'error',
  negative_line: 'error',
  contract_not_billable: 'error',
  has_invoice: 'warning',
  contract_price: 'warning',
  contract_unclear: 'warning',
  after_hours: 'warning',
  business_hours: 'warning',
  zero_rate: 'warning',
  free_line: 'warning',
  discounted_line: 'warning',
  never_invoiced: 'warning',
  no_email_address: 'warning',
  told_not_to_email: 'warning',
  unusual_minutes: 'warning',
  block_too_small: 'warning',
  block_overdrawn: 'warning',
  block_once: 'warning',
  premium_unclear: 'warning',
  disabled_product: 'warning',
  taxed_product: 'warning',
  untaxed_product: 'warning',
  block_times_unsent: 'warning',
  uncharged_timers: 'warning',
  not_rounded: 'info',
  contracts_unread: 'info',
  hours_unread: 'info',
  schedules_unread: 'info',
  no_status: 'info',
  no_time_zone: 'info',
} as const satisfies Record<BillWarning['kind'], 'error' | 'warning' | 'info'>;

const ORDER: readonly string[] = Object.keys(SERIOUSNESS);

export const levelOf = ({ kind }: BillWarning): 'error' | 'warning' | 'info' => SERIOUSNESS[kind];

export const mostSeriousFirst = (warnings: readonly BillWarning[]): readonly BillWarning[] =>
  warnings.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

/** Something like it is there already. */
export const isAgain = (warnings: readonly BillWarning[]): boolean =>
  warnings.some(({ kind }) =>
    ['billed_now', 'equal_comment', 'equal_line', 'line_invoiced', 'has_invoice'].includes(kind),
  );

/** A bill posts its comment and makes its invoice within moments. */
const ONE_BILL_MS = 10 * 60_000;

/** The comment of the same words that belongs to this invoice. */
export const commentOfInvoice = (
  { createdAt }: BillWarning & { kind: 'has_invoice' },
  warnings: readonly BillWarning[],
): BillWarning | null =>
  warnings.find(
    (one) =>
      one.kind === 'equal_comment' &&
      one.createdAt !== null &&
      createdAt !== null &&
      Math.abs(createdAt - one.createdAt) < ONE_BILL_MS,
  ) ?? null;

const UNUSUAL_MINUTES = 8 * 60;
const RECENT_MS = 24 * 3_600_000;

/** Added shortly before, by anybody: the same product and hours. */
export const equalLineWarnings = (ticket: Ticket, line: PlannedLine, now: number): readonly BillWarning[] => {
  const equal = ticket.lineItems.find(
    ({ createdAt, productId, quantityHundredths }) =>
      createdAt !== null &&
      now - createdAt < RECENT_MS &&
      productId === line.productId &&
      sameHours(quantityHundredths, line.quantityHundredths),
  );
  return equal ? [{ kind: 'equal_line', line: planned(equal) }] : [];
};

/** What is odd about a line that is on the ticket already and goes along. */
export const lineWarnings = (line: PlannedLine): readonly BillWarning[] => [
  ...(line.amountCents < 0 ? [{ kind: 'negative_line', line } as const] : []),
  ...(line.amountCents === 0 ? [{ kind: 'free_line', line } as const] : []),
  ...(line.discounted ? [{ kind: 'discounted_line', line } as const] : []),
];

/** What is odd about this price. */
const rateWarnings = ({ name, rateCents }: Pick<Product, 'name' | 'rateCents'>): readonly BillWarning[] => {
  if (rateCents === 0) return [{ kind: 'zero_rate', product: name }];
  return rateCents < 0 ? [{ kind: 'negative_rate', product: name, rateCents }] : [];
};

export const unusualMinutes = (minutes: number): readonly BillWarning[] =>
  minutes > UNUSUAL_MINUTES ? [{ kind: 'unusual_minutes', minutes }] : [];

/** What is odd about charging so many minutes of this product. */
export const productWarnings = (product: Product, workedMinutes: number): readonly BillWarning[] => [
  ...rateWarnings(product),
  ...(product.disabled ? [{ kind: 'disabled_product', product: product.name } as const] : []),
  ...unusualMinutes(workedMinutes),
];

export const contractsUnread = (unread: ActiveContracts['unread']): readonly BillWarning[] =>
  unread === null ? [] : [{ kind: 'contracts_unread', unread }];

/** What a bill would do to minutes, and logged time can't. */
export const loggedWarnings = (labor: LaborType, minutes: number, policy: RoundingPolicy): readonly BillWarning[] => {
  const billed = billedMinutes(minutes, roundingOf(labor, policy));
  const times = labor.prepaid?.times ?? 1;
  return [
    ...(billed === minutes ? [] : [{ kind: 'not_rounded', minutes, billedMinutes: billed } as const]),
    ...(times === 1 ? [] : [{ kind: 'block_times_unsent', word: labor.word, times } as const]),
  ];
};

/** A comment of the same words that was posted shortly before, by anybody. */
export type EqualComment = { readonly author: string | null; readonly createdAt: number | null };

export const equalComment = (comments: readonly Comment[], body: string, now: number): EqualComment | null => {
  const isSame = sameAs(body);
  const equal = comments.find(
    ({ createdAt, body: other }) => createdAt !== null && now - createdAt < RECENT_MS && isSame(other),
  );
  return equal ? { author: equal.authorName, createdAt: equal.createdAt } : null;
};
