import { atMost, type Bench, notMeasured, type Row, told } from './row.ts';
import { measureSearch, type SearchFigure } from './search.ts';
import { askBesideWriting } from './search-beside.ts';
import { ENGINES, type Engine, type OpenEngine } from './search-engines.ts';
import { fill } from './search-fill.ts';
import { aShop, FULL, type SearchSize } from './search-shop.ts';

const QUICK: SearchSize = { tickets: 2_000, commentsEach: 2, customers: 200 };

const slowestKind = ({ kinds }: SearchFigure): string => {
  const [kind, p95] = Object.entries(kinds).reduce((a, b) => (b[1] > a[1] ? b : a));
  return `${kind} ${p95.toFixed(1)}`;
};

/** There may be none here: nobody packed it for this machine, nobody may start it, or the address is wrong. */
const opened = async (engine: Engine): Promise<OpenEngine | string> => {
  try {
    return await engine.open();
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 120);
  }
};

const measureEngine = async (engine: Engine, size: SearchSize, say: (line: string) => void) => {
  const shop = aShop(size);
  const open = await opened(engine);
  if (typeof open === 'string') {
    const what = `${engine.name}: all figures`;
    return { rows: [notMeasured({ bench: 'search', what, unit: 'ms', note: open })], details: { engine: engine.name } };
  }
  try {
    const filled = await fill(open, shop, (line) => say(`${engine.name}: ${line}`));
    const { figures, needless } = await measureSearch(open, shop);
    const beside = await askBesideWriting(open, shop);
    const about = { bench: 'search' };
    const rows: Row[] = [
      ...figures.map((one) =>
        atMost(engine.goalMs, {
          ...{ ...about, what: `${engine.name}: ${one.name}, p95`, unit: 'ms', ours: one.p95, floor: one.floor },
          note: `p50 ${one.p50.toFixed(1)} ms; slowest kind, p95: ${slowestKind(one)} ms; floor: the bare statement`,
        }),
      ),
      told({
        ...{ ...about, what: `${engine.name}: a number while pages are written, p95`, unit: 'ms' },
        ...{ ours: beside.askedMs, floor: beside.askedAloneMs },
        note: `a page of 50 takes ${beside.pageMs.toFixed(0)} ms, the slowest ${beside.slowestPageMs.toFixed(0)}; floor: while nothing is written`,
      }),
      atMost(0, {
        ...{ ...about, what: `${engine.name}: requests to Syncro`, unit: 'requests', ours: needless },
        note: `for what is in the index; ${Math.round(filled.megabytes)} MB, filled in ${Math.round(filled.seconds)} s`,
      }),
    ];
    return { rows, details: { engine: engine.name, figures, needless, beside, filled } };
  } finally {
    await open.close();
  }
};

export const search: Bench = {
  name: 'search',
  about:
    'search and typeahead from the local index: 100,000 tickets, 500,000 comments, 5,000 customers, on both engines',
  measure: async ({ quick, say }) => {
    const rows: Row[] = [];
    const details: unknown[] = [];
    for (const engine of ENGINES) {
      const measured = await measureEngine(engine, quick ? QUICK : FULL, say);
      rows.push(...measured.rows);
      details.push(measured.details);
    }
    return { rows, details };
  },
};
