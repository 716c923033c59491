import { readFileSync } from 'node:fs';
import { parseConfig } from '../../../src/config/config.ts';
import type { ContractTerms } from '../../../src/runs/rules/price.ts';
import type { LaborType, Product } from '../../../src/shared/labor.ts';

/** The shop of the example's settings, and what Syncro says that its products cost. */
export const shop = parseConfig(readFileSync('config.example.yml', 'utf8'), {
  ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SYNCRO_KEY_HOWARD: 'a-key' },
}).labor;
export const [REMOTE, ONSITE, EMERGENCY] = [1_190_473, 26_118, 26_184];
const RATES: Readonly<Record<number, number>> = {
  ...{ [REMOTE]: 150, [ONSITE]: 175, [EMERGENCY]: 262.5 },
  ...{ 9269129: 150, 9269124: 0, 26117: 50, 68055: 125 },
};

/** @param dollars an hour; absent: as above */
export const aProduct = (
  id: number,
  { dollars = RATES[id] ?? 0, taxable = false }: { readonly dollars?: number; readonly taxable?: boolean } = {},
): Product => ({
  ...{ id, name: `Product ${id}`, taxable, disabled: false },
  rateCents: Math.round(dollars * 10_000) / 100,
});

export const laborOf = (word: string, rules: Partial<LaborType> = {}): LaborType => {
  const labor = shop.find((type) => type.word === word);
  if (!labor) throw new Error(`no labor type ${word}`);
  return { ...labor, ...rules };
};

export const aContract = (id: number, terms: Partial<ContractTerms> = {}): ContractTerms => ({
  ...{ id, name: `Contract ${id}`, nonBillableProductIds: [], overrides: [] },
  ...terms,
});
/** A contract's price, in dollars. */
export const at = (productId: number, dollars: number | null, blacklisted = false) => ({
  overrides: [{ productId, rateCents: dollars === null ? null : dollars * 100, blacklisted }],
});
