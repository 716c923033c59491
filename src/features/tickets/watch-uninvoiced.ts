import { onceInAWhile } from '../../shared/briefly.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import { within } from '../../shared/within.ts';
import type { Identity } from '../../syncro/identity.ts';
import { createOpenAmounts, type FoundUninvoiced, findUninvoiced, type UninvoicedDeps } from './find-uninvoiced.ts';

/** What the summary can say of it by the time it is shown. */
export type UninvoicedNow =
  | { readonly state: 'known'; readonly found: FoundUninvoiced }
  /** It takes longer than people should wait. */
  | { readonly state: 'reading' }
  | { readonly state: 'failed' };

export type UninvoicedWatchDeps = Omit<UninvoicedDeps, 'amounts'> & { readonly identity: Identity; readonly log: Log };

const REMEMBERED_MS = 60_000;
/** How much later than the rest it may come. */
const PATIENCE_MS = 2_000;

/** What was resolved and never invoiced, read beside other things and remembered for a minute. */
export const createUninvoicedWatch = (deps: UninvoicedWatchDeps) => {
  const { identity, clock, log } = deps;
  const amounts = createOpenAmounts(clock);
  // A failure is remembered as well: whoever may not see invoices would cost dozens of requests each time.
  const kept = onceInAWhile<string, FoundUninvoiced>(clock, REMEMBERED_MS);

  const read = async (technician: Technician): Promise<FoundUninvoiced> =>
    // Dozens of requests the first time: in the lane that leaves room for what people wait for.
    findUninvoiced({ ...deps, amounts }, await identity.reader(technician, 'background'));

  /**
   * As it was up to a minute ago; a reading that is under way is shared.
   * @param anew true: looks further than the last time
   * @throws AppError
   */
  const recent = (technician: Technician, anew = false): Promise<FoundUninvoiced> =>
    kept(technician.slackUser, () => read(technician), anew);

  return {
    recent,
    /** What is known two seconds after `rest` is through; never throws, and never holds `rest` up. */
    beside: async (technician: Technician, rest: Promise<unknown>): Promise<UninvoicedNow> => {
      let now: UninvoicedNow = { state: 'reading' };
      const known = recent(technician).then(
        (found) => {
          now = { state: 'known', found };
        },
        (error: unknown) => {
          if (!isAppError(error)) log.error({ err: error }, 'what is not invoiced could not be read');
          now = { state: 'failed' };
        },
      );
      await rest.catch(() => undefined);
      if (now.state === 'reading') await within(PATIENCE_MS, known, () => undefined);
      return now;
    },
  };
};

export type UninvoicedWatch = ReturnType<typeof createUninvoicedWatch>;
