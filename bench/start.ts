import { setTimeout as sleep } from 'node:timers/promises';
import { START } from '../test/e2e/app-process.ts';
import { residentMb } from './memory.ts';
import { atMostTimes, type Bench, told } from './row.ts';
import { type Shop, startShop } from './shop.ts';
import { median } from './statistics.ts';

/** The flags of both are those of `npm start`. */
const BARE = [...START.slice(0, -1), 'bench/bare-bolt.ts'];

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
      const idleMs = quick ? 200 : 2_000;
      const first = await startOnce(shop, START, idleMs, true);
      await startOnce(shop, START, 0);
      await startOnce(shop, BARE, 0);
      const ours: Started[] = [];
      const floor: Started[] = [];
      for (let i = 0; i < (quick ? 1 : 4); i++) {
        floor.push(await startOnce(shop, BARE, idleMs));
        ours.push(await startOnce(shop, START, idleMs));
      }
      const of = (all: readonly Started[], what: keyof Started): number => median(all.map((one) => one[what]));
      say(`${Math.round(of(ours, 'ms'))} ms, bare ${Math.round(of(floor, 'ms'))} ms`);
      const row = { bench: 'start', ours: of(ours, 'ms'), floor: of(floor, 'ms') };
      return {
        rows: [
          atMostTimes(1.5, { ...row, what: 'to the first acknowledgement', unit: 'ms' }),
          told({ ...row, what: 'the same, nothing compiled before', unit: 'ms', ours: first.ms }),
          atMostTimes(1.5, { ...row, what: 'idle memory', unit: 'MB', ours: of(ours, 'mb'), floor: of(floor, 'mb') }),
        ],
        details: { first, ours, floor },
      };
    } finally {
      await shop.close();
    }
  },
};
