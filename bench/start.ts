import { setTimeout as sleep } from 'node:timers/promises';
import { FLAGS, START } from '../test/world/app-process.ts';
import { residentMb } from './memory.ts';
import { atMostTimes, type Bench, told } from './row.ts';
import { type Shop, startShop } from './shop.ts';
import { median } from './statistics.ts';

/** Alternately, so that another load of the machine meets both. */
const STARTS = 12;
/** Of these it is waited until they are idle. */
const IDLE_STARTS = 3;

/** The flags of both are those of `npm start`. */
const BARE = [...FLAGS, 'bench/bare-bolt.ts'];

type Started = { readonly ms: number; readonly mb: number };

const startOnce = async (
  shop: Shop,
  command: readonly string[],
  idleMs: number,
  nothingKept = false,
): Promise<Started> => {
  const began = performance.now();
  // Of the floor, too, what was compiled once is kept, as ours keeps it by itself.
  const keeping: Record<string, string> = command === BARE ? { NODE_COMPILE_CACHE: shop.dir } : {};
  const app = await shop.launch({ command, variables: nothingKept ? { NODE_DISABLE_COMPILE_CACHE: '1' } : keeping });
  await shop.slack.person(shop.people[0] ?? '').slash('/syncro', 'help');
  const ms = performance.now() - began;
  await sleep(idleMs);
  const mb = residentMb(app.child.pid ?? 0);
  app.child.kill('SIGTERM');
  await app.exited;
  return { ms, mb };
};

export const start: Bench = {
  name: 'start',
  about: 'from the start of the process to its first acknowledgement, and its memory when idle',
  measure: async ({ quick, say }) => {
    const shop = await startShop();
    try {
      const idleMs = quick ? 500 : 2_000;
      const first = await startOnce(shop, START, idleMs, true);
      await startOnce(shop, START, idleMs);
      await startOnce(shop, BARE, 0);
      const ours: Started[] = [];
      const floor: Started[] = [];
      const idle: { readonly ours: number; readonly floor: number }[] = [];
      for (let i = 0; i < (quick ? 1 : STARTS); i++) {
        const until = i < IDLE_STARTS ? idleMs : 0;
        const bare = await startOnce(shop, BARE, until);
        const our = await startOnce(shop, START, until);
        floor.push(bare);
        ours.push(our);
        if (until > 0) idle.push({ ours: our.mb, floor: bare.mb });
      }
      const ms = (all: readonly Started[]): number => median(all.map((one) => one.ms));
      const mb = (of: 'ours' | 'floor'): number => median(idle.map((one) => one[of]));
      say(`${Math.round(ms(ours))} ms, bare ${Math.round(ms(floor))} ms`);
      const row = { bench: 'start', ours: ms(ours), floor: ms(floor) };
      return {
        rows: [
          atMostTimes(1.5, { ...row, what: 'to the first acknowledgement', unit: 'ms' }),
          told({ ...row, what: 'the same, nothing compiled before', unit: 'ms', ours: first.ms }),
          atMostTimes(1.5, { ...row, what: 'idle memory', unit: 'MB', ours: mb('ours'), floor: mb('floor') }),
        ],
        details: { first, ours, floor },
      };
    } finally {
      await shop.close();
    }
  },
};
