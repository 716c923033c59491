import { z } from 'zod';
import type { LaborType } from '../shared/labor.ts';
import { nearest } from '../shared/match-word.ts';

const wholeFrom = (least: number) => z.number().int().min(least);
/** A price that is eleven times as high is a slip of the finger. */
const times = z.number().positive().max(10);

const word = z.strictObject({
  product_id: wholeFrom(1),
  note: z.string().max(150).optional(),
  debits_prepaid: z.boolean().optional(),
  taxable: z.enum(['never', 'follow']).default('never'),
  minimum_minutes: wholeFrom(0).max(480).optional(),
  round_up_to_minutes: wholeFrom(1).max(480).optional(),
  rate: z.strictObject({ of: z.string(), times }).optional(),
  prepaid: z.strictObject({ times }).optional(),
  after_hours: z.boolean().default(false),
});

type Words = Readonly<Record<string, z.infer<typeof word>>>;

/** The settings of this product's first users say it in the note only. */
const debitsPrepaid = ({ note, debits_prepaid }: Words[string]): boolean =>
  debits_prepaid ?? !/\bnot debit\b/i.test(note ?? '');

/** What is wrong with `rate.of`; `null`: nothing. A premium on a premium would be taken twice. */
const problemOfRate = (labor: Words, name: string, of: string): string | null => {
  if (of === name) return 'names the word itself: name the one whose rate it is a multiple of';
  const base = labor[of];
  if (!base) {
    const near = nearest(of, Object.keys(labor));
    return `names "${of}", which is no word of labor${near && near !== name ? ` (did you mean ${near}?)` : ''}`;
  }
  if (!base.rate) return null;
  return labor[base.rate.of]?.rate?.of === of || base.rate.of === name
    ? `names ${of}, which goes round in a circle: labor.${of}.rate.of names ${base.rate.of}`
    : `names ${of}, which itself costs what ${base.rate.of} does: name a word without a rate`;
};

/** `labor:` of the settings file. */
export const laborSettings = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9 _-]{0,30}$/, 'must be a short word in lowercase, like remote'), word)
  .refine((labor) => Object.keys(labor).length > 0, { error: 'needs at least one labor type' })
  .refine((labor) => Object.keys(labor).length <= 100, { error: 'Slack shows at most 100 labor types' })
  .superRefine((labor, context) => {
    for (const [name, settings] of Object.entries(labor)) {
      const problem = settings.rate ? problemOfRate(labor, name, settings.rate.of) : null;
      if (problem) context.addIssue({ code: 'custom', path: [name, 'rate', 'of'], message: problem });
      if (settings.prepaid && !debitsPrepaid(settings))
        context.addIssue({
          code: 'custom',
          path: [name, 'prepaid'],
          message: 'says how often a block is debited, and the word does not debit it: take one of the two out',
        });
    }
  });

export const laborTypes = (labor: z.infer<typeof laborSettings>): readonly LaborType[] =>
  Object.entries(labor).map(([name, settings]) => {
    const { product_id, note, taxable, minimum_minutes, round_up_to_minutes, rate, prepaid, after_hours } = settings;
    const base = rate && labor[rate.of];
    return {
      word: name,
      productId: product_id,
      note: note ?? null,
      followsTax: taxable === 'follow',
      debitsPrepaid: debitsPrepaid(settings),
      ...(minimum_minutes === undefined ? {} : { minimumMinutes: minimum_minutes }),
      ...(round_up_to_minutes === undefined ? {} : { roundUpToMinutes: round_up_to_minutes }),
      ...(base ? { rate: { ...rate, productId: base.product_id } } : {}),
      ...(prepaid ? { prepaid } : {}),
      ...(after_hours ? { afterHours: true } : {}),
    };
  });
