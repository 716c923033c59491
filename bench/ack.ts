import { FLAGS } from '../test/world/app-process.ts';
import { quiet } from './drive.ts';
import { load } from './load.ts';
import type { LoadHow, LoadResult } from './load-worker.ts';
import { atMostTimes, type Bench, type Row, told } from './row.ts';
import { type Shop, startShop, UNLIMITED } from './shop.ts';
import { median, percentile } from './statistics.ts';

const PER_SECOND = 50;
const AT_ONCE = 32;
const TEXTS = { help: 'help', ticket: 'ticket 32164' } as const;

type Round = { readonly bare: LoadResult; readonly help: LoadResult; readonly ticket: LoadResult };
type Kind = keyof Round;
type Figure = (result: LoadResult) => number;

/** Both apps are up all the time and are measured by turns: a busy machine is busy for both. */
const startBoth = async (shop: Shop) => {
  const bare = await shop.launch({ command: [...FLAGS, 'bench/bare-bolt.ts'] });
  const ours = await shop.launch(UNLIMITED);
  const measure = async (port: number, text: string, how: LoadHow): Promise<LoadResult> => {
    // What the app does after its acknowledgements must not be counted against whoever comes next.
    await quiet(shop);
    const result = await load({ port, signingSecret: shop.slack.signingSecret, people: shop.people, text, how });
    if (result.refused > 0) throw new Error(`${result.refused} of ${result.ms.length} commands were not acknowledged`);
    return result;
  };
  return async (how: LoadHow): Promise<Round> => ({
    bare: await measure(bare.port, TEXTS.help, how),
    help: await measure(ours.port, TEXTS.help, how),
    ticket: await measure(ours.port, TEXTS.ticket, how),
  });
};

const p50: Figure = ({ ms }) => percentile(ms, 0.5);
const p95: Figure = ({ ms }) => percentile(ms, 0.95);
const p99: Figure = ({ ms }) => percentile(ms, 0.99);
const rate: Figure = ({ perSecond }) => perSecond;

/** Of the samples of all rounds together. */
const pooled = (rounds: readonly Round[], kind: Kind): LoadResult => ({
  ms: rounds.flatMap((round) => round[kind].ms),
  refused: 0,
  perSecond: median(rounds.map((round) => round[kind].perSecond)),
});

const over = (rounds: readonly Round[], kind: Kind, figure: Figure): number => figure(pooled(rounds, kind));

const rowsOf = (kind: 'help' | 'ticket', steady: readonly Round[], saturated: readonly Round[]): readonly Row[] => {
  const row = (what: string, rounds: readonly Round[], figure: Figure) => ({
    ...{ bench: 'ack', what: `/syncro ${kind}, ${what}`, unit: 'ms' as const },
    ...{ ours: over(rounds, kind, figure), floor: over(rounds, 'bare', figure) },
  });
  return [
    told(row(`p50 at ${PER_SECOND}/s`, steady, p50)),
    told(row(`p95 at ${PER_SECOND}/s`, steady, p95)),
    atMostTimes(1.25, row(`p99 at ${PER_SECOND}/s`, steady, p99)),
    told({ ...row(`p99, ${AT_ONCE} at a time without a pause`, saturated, p99) }),
    told({ ...row(`${AT_ONCE} at a time without a pause`, saturated, rate), unit: 'requests/s' }),
  ];
};

const summary = (rounds: readonly Round[]) =>
  rounds.map(({ bare, help, ticket }) =>
    [bare, help, ticket].map((one) => ({ p50: p50(one), p99: p99(one), count: one.ms.length })),
  );

export const ack: Bench = {
  name: 'ack',
  about: 'how long a command waits for its acknowledgement, beside a Bolt app that does nothing else',
  measure: async ({ quick, say }) => {
    const shop = await startShop({ technicians: 10, syncro: { requestsPerMinute: 0 } });
    try {
      const round = await startBoth(shop);
      // In short turns, and their samples together: a neighbour's load falls on all three alike.
      const seconds = quick ? 0.5 : 1;
      await round({ kind: 'rate', perSecond: PER_SECOND, seconds });
      const steady: Round[] = [];
      const saturated: Round[] = [];
      for (let i = 0; i < (quick ? 1 : 16); i++)
        steady.push(await round({ kind: 'rate', perSecond: PER_SECOND, seconds }));
      for (let i = 0; i < (quick ? 1 : 3); i++)
        saturated.push(await round({ kind: 'saturate', atOnce: AT_ONCE, seconds: seconds / 2 }));
      say(
        `p99 at ${PER_SECOND}/s: bare ${over(steady, 'bare', p99).toFixed(1)}, help ${over(steady, 'help', p99).toFixed(1)} ms`,
      );
      return {
        rows: [...rowsOf('help', steady, saturated), ...rowsOf('ticket', steady, saturated)],
        details: { order: ['bare', 'help', 'ticket'], steady: summary(steady), saturated: summary(saturated) },
      };
    } finally {
      await shop.close();
    }
  },
};
