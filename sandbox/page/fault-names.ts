import type { Fault } from '../syncro/faults.ts';

/** What can be ordered to go wrong with the next write, once. */
export const FAULTS = {
  cut: { method: 'POST', kind: 'cut-after' },
  lose: { method: 'POST', kind: 'cut-before' },
  refuse: { method: 'POST', kind: '422', body: { success: false, message: ["Body can't be that"] } },
  limit: { method: 'POST', kind: '429', retryAfter: 5 },
} as const satisfies Record<string, Fault>;

export const TOGGLES = [
  ['cut', 'Cut the next answer', 'Syncro does it, but its answer never arrives'],
  ['lose', 'Lose the next request', 'It never reaches Syncro, and nobody says so'],
  ['killAtWrite', 'Kill the app at the next write', 'Right after it landed, before its answer'],
  ['limit', 'Rate-limit the next write', 'Too many requests: come back in 5 seconds'],
  ['refuse', 'Refuse the next write', 'Syncro says no, in its own words'],
  ['down', 'Syncro down', 'Every connection is cut until it is up again'],
] as const;

export type ToggleName = (typeof TOGGLES)[number][0];

export type FaultName = keyof typeof FAULTS;

export const isFault = (name: ToggleName): name is FaultName => name in FAULTS;
