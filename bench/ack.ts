import { START } from '../test/e2e/app-process.ts';
import { load } from './load.ts';
import type { LoadOrder, LoadResult } from './load-worker.ts';
import { atMostTimes, type Bench, told } from './row.ts';
import { type Launched, startShop } from './shop.ts';
import { median, percentile } from './statistics.ts';

type Kind = 'bare' | 'help' | 'ticket';
const TEXTS: Readonly<Record<Kind, string>> = { bare: 'help', help: 'help', ticket: 'ticket 32164' };
const KINDS: readonly Kind[] = ['bare', 'help', 'ticket'];
/** Those of `npm start`. */
const FLAGS = START.slice(0, -1);
const PER_SECOND = 50;
const AT_ONCE = 32;

type Round = Readonly<Record<Kind, { readonly steady: LoadResult; readonly saturated: LoadResult }>>;

const figuresOf = (rounds: readonly Round[], kind: Kind) => {
  const of = (which: 'steady' | 'saturated', figure: (result: LoadResult) => number): number =>
    median(rounds.map((round) => figure(round[kind][which])));
  return {
    p50: of('steady', ({ ms }) => percentile(ms, 0.5)),
    p99: of('steady', ({ ms }) => percentile(ms, 0.99)),
    saturatedP99: of('saturated', ({ ms }) => percentile(ms, 0.99)),
    perSecond: of('saturated', ({ perSecond }) => perSecond),
    refused: rounds.reduce((sum, round) => sum + round[kind].steady.refused + round[kind].saturated.refused, 0),
  };
};

type Figures = ReturnType<typeof figuresOf>;

const rowsOf = (kind: Kind, ours: Figures, floor: Figures) => {
  const row = { bench: 'ack', unit: 'ms' as const };
  const name = `/syncro ${TEXTS[kind].split(' ')[0]}`;
  return [
    told({ ...row, what: `${name}, p50 at ${PER_SECOND}/s`, ours: ours.p50, floor: floor.p50 }),
    atMostTimes(1.25, { ...row, what: `${name}, p99 at ${PER_SECOND}/s`, ours: ours.p99, floor: floor.p99 }),
    told({ ...row, what: `${name}, p99 at saturation`, ours: ours.saturatedP99, floor: floor.saturatedP99 }),
    told({ ...row, what: `${name}, at saturation`, unit: 'requests/s', ours: ours.perSecond, floor: floor.perSecond }),
  ];
};

export const ack: Bench = {
  name: 'ack',
  about: 'how long a command waits for its acknowledgement, beside a Bolt app that does nothing else',
  measure: async ({ quick, say }) => {
    const shop = await startShop({ technicians: 10, syncro: { requestsPerMinute: 0 } });
    try {
      // Both are up all the time and are measured by turns: a busy machine is busy for both.
      const bare = await shop.launch({ command: [...FLAGS, 'bench/bare-bolt.ts'] });
      const ours = await shop.launch({ command: [...FLAGS, 'bench/unlimited.ts'] });
      const order = (app: Launched, text: string, how: Partial<LoadOrder>): LoadOrder =>
        ({
          ...{ port: app.port, signingSecret: shop.slack.signingSecret, people: shop.people, text },
          ...{ kind: 'rate', perSecond: PER_SECOND, seconds: quick ? 0.5 : 4 },
          ...how,
        }) as LoadOrder;
      const rounds: Round[] = [];
      // The first round warms both up.
      for (let round = 0; round < (quick ? 2 : 5); round++) {
        const results: Partial<Record<Kind, Round[Kind]>> = {};
        for (const kind of KINDS) {
          const app = kind === 'bare' ? bare : ours;
          const steady = await load(order(app, TEXTS[kind], {}));
          const saturated = await load(order(app, TEXTS[kind], { kind: 'saturate', atOnce: AT_ONCE, seconds: 1 }));
          results[kind] = { steady, saturated };
        }
        if (round > 0) rounds.push(results as Round);
      }
      const floor = figuresOf(rounds, 'bare');
      const help = figuresOf(rounds, 'help');
      const ticket = figuresOf(rounds, 'ticket');
      say(
        `p99 at ${PER_SECOND}/s: bare ${floor.p99.toFixed(1)}, help ${help.p99.toFixed(1)}, ticket ${ticket.p99.toFixed(1)} ms`,
      );
      return {
        rows: [...rowsOf('help', help, floor), ...rowsOf('ticket', ticket, floor)],
        details: { floor, help, ticket },
      };
    } finally {
      await shop.close();
    }
  },
};
