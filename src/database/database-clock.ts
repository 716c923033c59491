import { type Kysely, sql } from 'kysely';
import type { Clock, Every, Log } from '../shared/system.ts';
import type { Database } from './schema.ts';

const MEASURE_MS = 30_000;
const SAMPLES = 3;
/** An answer that took longer says too little about when it was given. */
const SLOWEST_MS = 1_000;
/** The two clocks of this machine disagree by more: it slept, or somebody set its clock. */
const JUMP_MS = 500;
/** From here on somebody should look after the clock of this machine. */
export const NOTICEABLY_OFF_MS = 3_000;

/** "Now" of the server in a statement; the same for every row of it. */
export const databaseNow = sql<number>`cast(extract(epoch from statement_timestamp()) * 1000 as bigint)`;

type DatabaseClock = Clock & {
  /** How far this machine's clock is ahead of the database's (behind: less than 0), as last measured. */
  readonly aheadMs: () => number;
  readonly stop: () => void;
};

type Deps = { readonly clock: Clock; readonly every: Every; readonly log: Log };

/**
 * The database's clock as the one truth for all copies: leases, settling and previews compare times that another machine
 * wrote. Carried on between two measurements by this machine's clocks, whichever says more: the wall clock goes on while
 * the machine sleeps, the steady one is not set back by anybody.
 * @throws AppError no_database when it can't be asked for the first time
 */
export const createDatabaseClock = async (
  db: Kysely<Database>,
  { clock, every, log }: Deps,
): Promise<DatabaseClock> => {
  let [wallAhead, steadyAhead] = [0, 0];
  let measuring = false;
  let isOff = false;
  let isMeasured = false;
  /** The machine's two clocks were so far apart when it was last looked at. */
  let apart = 0;
  let setAt = 0;

  const sample = async () => {
    const began = performance.now();
    const { rows } = await sql<{ now: number }>`select ${databaseNow} as now`.execute(db);
    const tookMs = performance.now() - began;
    const at = (rows[0]?.now ?? 0) + tookMs / 2;
    return { tookMs, wall: clock.now() - at, steady: performance.now() - at };
  };

  const measure = async (): Promise<void> => {
    let best = await sample();
    for (let i = 1; i < SAMPLES; i++) {
      const next = await sample();
      if (next.tookMs < best.tookMs) best = next;
    }
    if (best.tookMs > SLOWEST_MS) return;
    const wasSet = Math.max(Math.abs(best.steady - steadyAhead), Math.abs(best.wall - wallAhead)) > JUMP_MS;
    [wallAhead, steadyAhead, apart] = [best.wall, best.steady, 0];
    // What it was before the first measurement nobody has gone by.
    if (wasSet && isMeasured) setAt = now();
    isMeasured = true;
    const off = Math.abs(wallAhead) > NOTICEABLY_OFF_MS;
    if (off && !isOff)
      log.warn({ aheadMs: Math.round(wallAhead) }, "this machine's clock is off; the database's is used");
    isOff = off;
  };

  const now = (): number => {
    const [wall, steady] = [clock.now() - wallAhead, performance.now() - steadyAhead];
    const at = Math.round(Math.max(wall, steady));
    if (Math.abs(wall - steady) > JUMP_MS) measureSoon();
    // At once: until the database has answered, the time is the machine's.
    if (Math.abs(wall - steady - apart) > JUMP_MS) [setAt, apart] = [at, wall - steady];
    return at;
  };

  const measureSoon = (): void => {
    if (measuring) return;
    measuring = true;
    measure()
      .catch((error: unknown) => log.warn({ err: error }, "the database's clock could not be read"))
      .finally(() => {
        measuring = false;
      });
  };

  await measure();
  return {
    now,
    setAt: () => {
      now();
      return setAt;
    },
    sleep: (ms) => clock.sleep(ms),
    aheadMs: () => wallAhead,
    stop: every(MEASURE_MS, measureSoon),
  };
};
