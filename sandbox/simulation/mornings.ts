import type { VirtualTime } from './virtual-time.ts';

const MINUTE_MS = 60_000;
/** As seldom as may be: nothing that is looked for in the morning is urgent. */
export const MORNING_POLL_MS = 10 * MINUTE_MS;
/** What is due so soon is waited for, else the office closes until then. */
const STAYS_MS = 90 * MINUTE_MS;
const LONGEST_MORNING_MS = 6 * 60 * MINUTE_MS;
/** A recurring invoice is waited for through some days, a look every quarter of them. */
const MOST_MORNINGS = 40;

type MorningDeps = {
  readonly time: VirtualTime;
  /** When something is to be looked for next, by the clock; `null`: never. */
  readonly nextLook: () => Promise<number | null>;
  readonly open: () => void;
  readonly close: () => void;
};

/** Skips the hours in which nobody does anything. @returns false: there is always something left to look for */
export const liveThroughMornings = async ({ time, nextLook, open, close }: MorningDeps): Promise<boolean> => {
  for (let morning = 0; morning < MOST_MORNINGS; morning++) {
    const due = await nextLook();
    if (due === null) return true;
    close();
    await time.rest(time.now() + Math.max(0, due - time.wall()));
    open();
    const longest = time.now() + LONGEST_MORNING_MS;
    for (let next: number | null = due; next !== null && next - time.wall() < STAYS_MS && time.now() < longest; ) {
      await time.rest(time.now() + MORNING_POLL_MS + MINUTE_MS);
      next = await nextLook();
    }
    // What was found is shown at the next poll, by whoever is awake.
    await time.rest(time.now() + 4 * MORNING_POLL_MS);
  }
  return (await nextLook()) === null;
};
