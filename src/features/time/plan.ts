import { basisOf } from '../../runs/rules/basis.ts';
import { type BillWarning, laborLine, type PlannedLine } from '../../runs/rules/bill-plan.ts';
import {
  contractsUnread,
  equalLineWarnings,
  loggedWarnings,
  productWarnings,
} from '../../runs/rules/preview-warnings.ts';
import { priceOf } from '../../runs/rules/price.ts';
import { contractsSay, priceWarnings } from '../../runs/rules/price-choices.ts';
import { NOTHING_SEEN, type Work, workOn } from '../../runs/rules/work.ts';
import type { LaborType, Product } from '../../shared/labor.ts';
import { type RoundingPolicy, toHundredths } from '../../shared/minutes.ts';
import type { ActiveContracts } from '../../syncro/contract.ts';
import { type Ticket, unreadOf } from '../../syncro/ticket.ts';
import { hoursWarnings, type WorkHours } from '../tickets/work-hours.ts';

/** What was read live for the preview. */
export type TimeFacts = {
  readonly ticket: Ticket;
  readonly product: Product;
  /** The customer's that hold today. */
  readonly contracts: ActiveContracts;
  readonly hours: WorkHours;
  /** The person whose run holds this ticket at this moment, if any. */
  readonly busyWith: string | null;
  /** When the work ended. */
  readonly endedAt: number;
  readonly now: number;
};

/** What the person chose in the form. */
export type TimeChoice = { readonly minutes: number; readonly labor: LaborType; readonly notes: string };

/** Time as it was previewed and confirmed: the entry that is made, and the line that its charge must leave behind. */
export type TimePlan = {
  readonly minutes: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly line: PlannedLine;
  readonly warnings: readonly BillWarning[];
};

/** A charge sends no rate: what a contract says of the product is told, and Syncro goes by it or not. */
const byContract = (
  { product, contracts: { contracts, unread } }: TimeFacts,
  { minutes, labor }: Pick<TimeChoice, 'minutes' | 'labor'>,
  policy: RoundingPolicy,
): { readonly rates: readonly number[]; readonly warnings: readonly BillWarning[] } => {
  const facts = { product, base: null, prepaidHundredths: null, contracts };
  const asked = { labor, workedMinutes: minutes, policy };
  const says = contractsSay(facts, asked);
  return {
    rates: says.flatMap((said) => (said.kind === 'price' ? [said.rateCents] : [])),
    warnings: [...priceWarnings(priceOf(facts, asked), says), ...contractsUnread(unread)],
  };
};

const warningsOf = (
  facts: TimeFacts,
  choice: Pick<TimeChoice, 'minutes' | 'labor'>,
  line: PlannedLine,
  policy: RoundingPolicy,
): readonly BillWarning[] => {
  const { ticket, product, busyWith, hours, now } = facts;
  const { minutes, labor } = choice;
  return [
    ...(busyWith === null ? [] : [{ kind: 'billed_now', by: busyWith } as const]),
    ...equalLineWarnings(ticket, line, now),
    ...hoursWarnings(labor, hours),
    ...productWarnings(product, minutes),
    ...(product.taxable ? [{ kind: 'taxed_product', product: product.name } as const] : []),
    ...loggedWarnings(labor, minutes, policy),
  ];
};

/**
 * Syncro charges the entry's own length, so the minutes are not rounded as a bill would, and taxes it as the product is.
 * The entry ends when the clock was stopped, on a whole second: Syncro keeps no more.
 */
export const planTime = (facts: TimeFacts, choice: TimeChoice, policy: RoundingPolicy): TimePlan => {
  const { minutes, notes } = choice;
  const { rates, warnings } = byContract(facts, choice, policy);
  const line = {
    ...laborLine(facts.product, toHundredths(minutes), notes, facts.product.taxable),
    ...(rates.length > 0 ? { contractRates: [...new Set(rates)] } : {}),
  };
  const end = Math.floor(facts.endedAt / 1000) * 1000;
  return {
    minutes,
    startedAt: end - minutes * 60_000,
    endedAt: end,
    line,
    warnings: [...warnings, ...warningsOf(facts, choice, line, policy)],
  };
};

/** The entry, its charge, and the check that the charge left the line that was previewed. */
export const timeWork = (
  ticket: Ticket,
  { startedAt, endedAt, line }: TimePlan,
  author: Work['author'],
  timerId: string | null,
): Work => {
  const { id } = ticket;
  const timer = {
    startedAt,
    endedAt,
    notes: line.description,
    ...(line.productId === null ? {} : { productId: line.productId }),
  };
  return {
    kind: 'timer',
    ...workOn(ticket, author),
    known: {
      ...NOTHING_SEEN,
      lineItemIds: [...ticket.lineItems, ...unreadOf(ticket, 'line')].flatMap(({ id: known }) => known ?? []),
      timerIds: [...ticket.timers, ...unreadOf(ticket, 'time_entry')].flatMap(({ id: known }) => known ?? []),
    },
    basis: basisOf(ticket),
    timerId,
    actions: [
      { kind: 'timer', ticketId: id, timer },
      { kind: 'timer_charge', ticketId: id, timerId: null },
      { kind: 'verify_charge', line },
    ],
  };
};
