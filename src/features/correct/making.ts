import { chargedLineOf } from '../../runs/rules/charge.ts';
import type { Priced, Target } from '../../runs/rules/correction.ts';
import { type PriceFacts, type PriceWish, priceOf } from '../../runs/rules/price.ts';
import { type Run, resultOf } from '../../runs/rules/run.ts';
import { type LaborType, roundingOf } from '../../shared/labor.ts';
import { type RoundingPolicy, sameHours, toHundredths } from '../../shared/minutes.ts';
import { multipliedCents } from '../../shared/money.ts';

export type Line = Extract<Target, { of: 'line' }>;

type Hours = Pick<Line, 'quantityHundredths' | 'rateCents'>;

/** A word of the settings, with what was read live of it; `null`: nothing of it was needed. */
export type LaborRead = { readonly labor: LaborType; readonly read: Pick<PriceFacts, 'product' | 'base'> | null };

/** What a run priced the line from. `laborWord`: `null` where it only knows the product. */
type Origin = Omit<Priced, 'laborWord'> & { readonly laborWord: string | null };

/** Whole minutes, as people type them. */
export const minutesOf = (target: Target): number =>
  Math.round(target.of === 'line' ? (target.quantityHundredths * 60) / 100 : target.seconds / 60);

const madeBy = (run: Run, { id, ...line }: Line): (Origin & { readonly line: Hours }) | null => {
  if (run.kind === 'bill') {
    const made = resultOf(run, 'line_item')?.id ?? chargedLineOf(run)?.id;
    return made === id ? run.plan : null;
  }
  if (run.kind === 'correct') {
    const { before, after, priced } = run.correction;
    return priced && before.id === id && after?.of === 'line' ? { ...priced, line: after } : null;
  }
  const charged = run.kind === 'timer' ? chargedLineOf(run) : null;
  if (charged?.id !== id) return null;
  const minutes = minutesOf({ of: 'line', ...charged, id });
  return { laborWord: null, workedMinutes: minutes, billedMinutes: minutes, line };
};

/** How the line came to be as it is now; `null`: no run knows, or somebody changed it since. @param runs newest first */
export const originOf = (line: Line, runs: readonly Run[]): Origin | null => {
  const origins = runs.flatMap((run) => madeBy(run, line) ?? []);
  const isSame = ({ line: made }: { readonly line: Hours }) =>
    sameHours(made.quantityHundredths, line.quantityHundredths) && made.rateCents === line.rateCents;
  return origins.find(isSame) ?? null;
};

/** What is known of a line before its price is looked at. */
export type Making = {
  readonly labor: LaborType;
  readonly workedMinutes: number;
  /** A block's premium is in its hours; `null`: nobody knows. */
  readonly times: boolean | null;
  /** The minimum was left out on purpose. */
  readonly asWorked: boolean;
};

const premiumOf = ({ prepaid, debitsPrepaid }: LaborType): number => (debitsPrepaid ? (prepaid?.times ?? 1) : 1);

/** Can its line be told from other lines of its product, and its hours be trusted, without a look at its rate? */
export const isPlain = (labors: readonly LaborType[], origin: Origin | null): boolean =>
  labors.some(({ word }) => word === origin?.laborWord) ||
  labors.every((one) => labors.length === 1 && premiumOf(one) === 1);

const plainRate = ({ read }: LaborRead): number | undefined => read?.base?.rateCents;

const raisedRate = ({ labor, read }: LaborRead): number | undefined =>
  labor.rate && read?.base ? multipliedCents(read.base.rateCents, labor.rate.times) : read?.product.rateCents;

/**
 * Of several words for one product the one that costs what the line does, or whose base does: with a block the premium is
 * in the hours. Else the first.
 */
const wordAt = ({ rateCents }: Hours, words: readonly LaborRead[]): LaborRead | undefined =>
  words.find((word) => raisedRate(word) === rateCents) ??
  words.find((word) => plainRate(word) === rateCents) ??
  words[0];

const isInHours = (
  { quantityHundredths, rateCents }: Hours,
  word: LaborRead,
  origin: Origin | null,
  hasBlock: boolean,
): boolean | null => {
  const premium = premiumOf(word.labor);
  if (premium === 1) return false;
  if (origin) {
    const off = (times: number) => Math.abs(quantityHundredths - toHundredths(origin.billedMinutes * times));
    return off(premium) < off(1);
  }
  if (word.labor.rate && rateCents === plainRate(word)) return true;
  if (word.labor.rate && rateCents === raisedRate(word)) return false;
  return hasBlock ? null : false;
};

/** @param words the settings' words for its product; none: its hours are no labor's, and `null` comes back */
export const makingOf = (
  line: Line,
  words: readonly LaborRead[],
  origin: Origin | null,
  hasBlock: boolean,
  policy: RoundingPolicy,
): Making | null => {
  const word = words.find(({ labor }) => labor.word === origin?.laborWord) ?? wordAt(line, words);
  if (!word) return null;
  const { labor } = word;
  const times = isInHours(line, word, origin, hasBlock);
  const { workedMinutes = Math.round(minutesOf(line) / (times ? premiumOf(labor) : 1)) } = origin ?? {};
  const asWorked = origin !== null && origin.billedMinutes < roundingOf(labor, policy).minimumMinutes;
  return { labor, workedMinutes, times, asWorked };
};

/** The choices by which the rules come to the line's rate and hours; `null`: they don't. */
export const wishBehind = (
  { rateCents }: Hours,
  { labor, workedMinutes, times, asWorked }: Making,
  facts: PriceFacts,
  asked: Omit<Parameters<typeof priceOf>[1], 'labor' | 'workedMinutes' | 'wish'>,
): PriceWish | null => {
  if (times === null) return null;
  const blocks: readonly PriceWish[] =
    premiumOf(labor) === 1 ? [{}] : [{}, { block: times ? ('times' as const) : ('once' as const) }];
  const all = [{}, ...facts.contracts.map(({ id: contractId }): PriceWish => ({ contractId }))].flatMap((wish) =>
    blocks.map((block): PriceWish => ({ ...(asWorked ? { asWorked } : {}), ...wish, ...block })),
  );
  const fits = all.flatMap((wish) => {
    const price = priceOf(facts, { ...asked, labor, workedMinutes, wish });
    if (price.rateCents !== rateCents) return [];
    return [{ wish, sameHours: price.rules.some(({ kind }) => kind === 'block_times') === times }];
  });
  return (fits.find((fit) => fit.sameHours) ?? fits[0])?.wish ?? null;
};
