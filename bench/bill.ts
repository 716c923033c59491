import { previewBill } from '../test/features/bill/bill-steps.ts';
import { quiet } from './drive.ts';
import { atMostTimes, type Bench, type Row, told } from './row.ts';
import { type Shop, startShop } from './shop.ts';
import { median } from './statistics.ts';

const LATENCIES_MS = [50, 200, 800];
/** With a quicker Syncro than there is, what is counted is this machine's own time. */
const JUDGED_MS = 200;
const RUNS: Readonly<Record<number, number>> = { 50: 7, 200: 5, 800: 3 };
const PATIENCE = { timeoutMs: 60_000 };

type Timed = { readonly ms: number; readonly pathMs: number; readonly requests: readonly string[] };

/** From the press of `Bill` to the receipt, beside the time in which Syncro was at work on it. */
const timeBill = async ({ slack, syncro, people: [id = ''] }: Shop, number: number): Promise<Timed> => {
  const person = slack.person(id);
  const preview = await previewBill(person, number);
  const before = syncro.requests.length;
  const began = performance.now();
  await preview.submit(/^Bill /);
  await person.message(new RegExp(`Billed #${number}`), PATIENCE);
  const ms = performance.now() - began;
  const sent = syncro.requests.slice(before);
  // One after the other, so their sum is the path.
  const pathMs = sent.reduce((sum, request) => sum + (request.ms ?? 0), 0);
  return { ms, pathMs, requests: sent.map(({ method, path }) => `${method} ${path}`) };
};

/** Open tickets of customers without a block, enough for every run. */
const numbersOf = ({ syncro: { state } }: Shop): readonly number[] => {
  const blocks = new Set(state.customers.filter((one) => Number(one.prepay_hours) > 0).map(({ id }) => id));
  return state.tickets
    .filter(({ status, customer_id }) => status === 'New' && !blocks.has(customer_id))
    .map(({ number }) => number);
};

const measureAt = async (latencyMs: number, runs: number): Promise<readonly Timed[]> => {
  const shop = await startShop();
  try {
    await shop.launch();
    const [first = 0, ...others] = numbersOf(shop);
    await timeBill(shop, first);
    shop.syncro.setLatency(latencyMs);
    const timed: Timed[] = [];
    for (const number of others.slice(0, runs)) {
      timed.push(await timeBill(shop, number));
      await quiet(shop);
    }
    return timed;
  } finally {
    await shop.close();
  }
};

export const bill: Bench = {
  name: 'bill',
  about: 'from Bill to the receipt, beside the sum of Syncro’s latencies on the way',
  measure: async ({ quick, say }) => {
    const rows: Row[] = [];
    const details: Record<string, readonly Timed[]> = {};
    for (const latencyMs of quick ? LATENCIES_MS.slice(0, 1) : LATENCIES_MS) {
      const timed = await measureAt(latencyMs, quick ? 1 : (RUNS[latencyMs] ?? 3));
      details[`${latencyMs} ms`] = timed;
      const ours = median(timed.map(({ ms }) => ms));
      const floor = median(timed.map(({ pathMs }) => pathMs));
      say(`at ${latencyMs} ms a request: ${Math.round(ours)} ms, Syncro ${Math.round(floor)} ms`);
      const note = `${timed[0]?.requests.length ?? 0} requests after the press`;
      const row = { bench: 'bill', what: `Syncro at ${latencyMs} ms`, unit: 'ms', ours, floor, note } as const;
      rows.push(latencyMs === JUDGED_MS ? atMostTimes(1.1, row) : told(row));
    }
    return { rows, details };
  },
};
