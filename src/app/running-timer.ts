import type { Technician } from '../domain/technician.ts';
import type { Timer, Timers } from './ports.ts';

/** The technician's clock that runs now. */
export const runningTimer = async (timers: Pick<Timers, 'of'>, { slackUser }: Technician): Promise<Timer | null> =>
  (await timers.of(slackUser)).find(({ stoppedAt }) => stoppedAt === null) ?? null;
