import { atMost, type Bench } from './row.ts';
import { FULL, measureSearch } from './search.ts';

const QUICK = { tickets: 2_000, commentsEach: 2, customers: 200 };

export const search: Bench = {
  name: 'search',
  about: 'search and typeahead from the local index: 100,000 tickets, 500,000 comments, 5,000 customers',
  measure: async ({ quick, say }) => {
    const measured = await measureSearch(quick ? QUICK : FULL, say);
    const { figures, requests, fill } = measured;
    return {
      rows: [
        ...figures.map(({ name, p50, p95, floor }) =>
          atMost(20, {
            bench: 'search',
            what: `${name}, p95`,
            unit: 'ms',
            ours: p95,
            floor,
            note: `p50 ${p50.toFixed(1)} ms; floor: the bare statement`,
          }),
        ),
        atMost(0, {
          bench: 'search',
          what: 'requests to Syncro',
          unit: 'requests',
          ours: requests,
          note: `of ${figures.reduce((sum, { count }) => sum + count, 0)} questions; the index is ${Math.round(fill.megabytes)} MB`,
        }),
      ],
      details: measured,
    };
  },
};
