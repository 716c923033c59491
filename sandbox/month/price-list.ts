/**
 * What work costs, worked out by hand from the words of the replay's settings (`shop.ts`) and written down: nothing here is
 * computed by a rule, so that no rule of the app can be wrong here as well. Hours as Syncro gets them, dollars of the line.
 */
export type Price = { readonly hours: number; readonly rate: number; readonly dollars: number };

export type Word = 'remote' | 'onsite' | 'emergency' | 'emergency-remote' | 'project' | 'website' | 'internal';

export const PRODUCTS: Readonly<Record<Word, number>> = {
  remote: 1_190_473,
  onsite: 26_118,
  emergency: 26_184,
  'emergency-remote': 26_184,
  project: 9_269_129,
  website: 68_055,
  internal: 9_269_124,
};

/** Only these are for work after hours. */
export const AFTER_HOURS: readonly Word[] = ['emergency', 'emergency-remote'];
/** What such work is suggested as when it was done after hours. */
export const PREMIUM_OF: Readonly<Partial<Record<Word, Word>>> = {
  remote: 'emergency-remote',
  onsite: 'emergency',
  project: 'emergency',
  website: 'emergency',
  internal: 'emergency',
};
/** A prepaid block does not pay it. */
export const NEVER_FROM_BLOCK: readonly Word[] = ['project'];
export const TAXED: readonly Word[] = ['website'];

/** How the label of the form has it. */
export const RATES: Readonly<Record<Word, string>> = {
  remote: '$150',
  onsite: '$175',
  emergency: '$262.50',
  'emergency-remote': '$225',
  project: '$150',
  website: '$125',
  internal: '$0',
};

type Row = {
  readonly plain: Price;
  /** Without the minimum, where there is one. */
  readonly asWorked?: Price;
  /** For a customer whose block is debited the hours of the premium. */
  readonly block?: Price;
  /** At the price of a contract that takes $120 for remote work. */
  readonly at120?: Price;
};

const at = (hours: number, rate: number, dollars: number): Price => ({ hours, rate, dollars });

export const PRICE_LIST: Readonly<Record<Word, Readonly<Record<number, Row>>>> = {
  // At least 15 minutes, in quarters of an hour.
  remote: {
    5: { plain: at(0.25, 150, 37.5), asWorked: at(0.0833, 150, 12.5), at120: at(0.25, 120, 30) },
    20: { plain: at(0.5, 150, 75), at120: at(0.5, 120, 60) },
    45: { plain: at(0.75, 150, 112.5), at120: at(0.75, 120, 90) },
    61: { plain: at(1.25, 150, 187.5), at120: at(1.25, 120, 150) },
    90: { plain: at(1.5, 150, 225), at120: at(1.5, 120, 180) },
  },
  // At least half an hour, in tenths.
  onsite: {
    10: { plain: at(0.5, 175, 87.5), asWorked: at(0.1667, 175, 29.17) },
    31: { plain: at(0.6, 175, 105) },
    50: { plain: at(0.9, 175, 157.5) },
    120: { plain: at(2, 175, 350) },
  },
  // To the minute; the premium is in its own rate.
  emergency: {
    10: { plain: at(0.1667, 262.5, 43.76), block: at(0.25, 262.5, 65.63) },
    20: { plain: at(0.3333, 262.5, 87.49), block: at(0.5, 262.5, 131.25) },
    31: { plain: at(0.5167, 262.5, 135.63), block: at(0.775, 262.5, 203.44) },
    40: { plain: at(0.6667, 262.5, 175.01), block: at(1, 262.5, 262.5) },
    45: { plain: at(0.75, 262.5, 196.88), block: at(1.125, 262.5, 295.31) },
    50: { plain: at(0.8333, 262.5, 218.74), block: at(1.25, 262.5, 328.13) },
    60: { plain: at(1, 262.5, 262.5), block: at(1.5, 262.5, 393.75) },
    120: { plain: at(2, 262.5, 525), block: at(3, 262.5, 787.5) },
  },
  // To the minute, at the rate of remote and a half, or at that rate and half as many hours again.
  'emergency-remote': {
    5: { plain: at(0.0833, 225, 18.74), block: at(0.125, 150, 18.75), at120: at(0.0833, 180, 14.99) },
    20: { plain: at(0.3333, 225, 74.99), block: at(0.5, 150, 75), at120: at(0.3333, 180, 59.99) },
    45: { plain: at(0.75, 225, 168.75), block: at(1.125, 150, 168.75), at120: at(0.75, 180, 135) },
    60: { plain: at(1, 225, 225), block: at(1.5, 150, 225), at120: at(1, 180, 180) },
    61: { plain: at(1.0167, 225, 228.76), block: at(1.525, 150, 228.75), at120: at(1.0167, 180, 183.01) },
    90: { plain: at(1.5, 225, 337.5), block: at(2.25, 150, 337.5), at120: at(1.5, 180, 270) },
  },
  project: { 20: { plain: at(0.3333, 150, 50) }, 120: { plain: at(2, 150, 300) } },
  website: { 30: { plain: at(0.5, 125, 62.5) }, 100: { plain: at(1.6667, 125, 208.34) } },
  internal: { 30: { plain: at(0.5, 0, 0) } },
};

/** Logged and charged by Syncro: its own length, four decimals, the product's rate. */
export const LOGGED: Readonly<Partial<Record<Word, Readonly<Record<number, Price>>>>> = {
  remote: { 45: at(0.75, 150, 112.5), 20: at(0.3333, 150, 50) },
  onsite: { 50: at(0.8333, 175, 145.83), 31: at(0.5167, 175, 90.42) },
  project: { 20: at(0.3333, 150, 50), 120: at(2, 150, 300) },
};

/** The hours of a correction to so many worked minutes; the rate stays as it was. */
export const CORRECTED: Readonly<Record<'plain' | 'onsite' | 'premium', Readonly<Record<number, number>>>> = {
  plain: { 30: 0.5, 60: 1, 75: 1.25 },
  // In tenths.
  onsite: { 30: 0.5, 60: 1, 75: 1.3 },
  // A block's hours have the premium in them.
  premium: { 30: 0.75, 60: 1.5, 75: 1.875 },
};

/** The most that an hour of it may cost, whatever is chosen: the premium once. */
export const MOST_AN_HOUR: Readonly<Record<Word, number>> = {
  remote: 150,
  onsite: 175,
  emergency: 262.5,
  'emergency-remote': 225,
  project: 150,
  website: 125,
  internal: 0,
};

/** Minutes for which the list has a price. */
export const minutesOf = (word: Word): readonly number[] => Object.keys(PRICE_LIST[word]).map(Number);
