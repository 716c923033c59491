import { createCache } from '../../shared/briefly.ts';
import { isAppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AllContracts } from '../../syncro/contract.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Caller } from '../../syncro/ports.ts';

const REFUSED_MS = 10 * 60_000;
const MOST = 500;

/**
 * What a bill can do without. `null`: this technician can't read it. Who may not would cost two requests each time, so
 * that is remembered for minutes. Never throws for what Syncro does.
 */
export const createIfAllowed = (clock: Clock) => {
  const refused = createCache<string, true>(MOST, REFUSED_MS, clock);
  return async <T>({ slackUser }: Technician, read: () => Promise<T>): Promise<T | null> => {
    if (refused.has(slackUser)) return null;
    try {
      return await read();
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code === 'not_allowed') refused.set(slackUser, true);
      return null;
    }
  };
};

/** `null`: Syncro does not let it be read. */
export const ifReadable = <T>(reading: Promise<T>): Promise<T | null> =>
  reading.catch((error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  });

/** Everybody's contracts, as this technician may read them. @param isWanted False: nobody wants to hear of them */
export const createContractsOf = (
  { terms, clock }: { readonly terms: Pick<CustomerTerms, 'contracts'>; readonly clock: Clock },
  isWanted: boolean,
) => {
  const ifAllowed = createIfAllowed(clock);
  return async (technician: Technician, caller: Caller): Promise<AllContracts> =>
    isWanted ? ifAllowed(technician, () => terms.contracts(caller)) : [];
};
