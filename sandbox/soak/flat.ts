/** What the process holds, right after its garbage was collected. */
export type Measured = {
  readonly rss: number;
  readonly heapUsed: number;
  /** Open handles and requests of the event loop: sockets, timers, servers. */
  readonly handles: number;
  /** Open files and sockets of the operating system; 0 where it does not tell. */
  readonly files: number;
};

export type Sample = Measured & { readonly atMs: number };

const MIB = 2 ** 20;
/** What may be more at the end of the second half than the first half of it, on the line through all samples. */
const MOST: Readonly<Record<keyof Measured, number>> = { rss: 24 * MIB, heapUsed: 4 * MIB, handles: 15, files: 15 };
/** The first part is warming up: code is compiled, caches are filled. */
const WARM_UP = 0.4;

export type Verdict = {
  readonly what: keyof Measured;
  readonly first: number;
  readonly last: number;
  /** By the line through the samples, from the end of the warm-up to the end. */
  readonly growth: number;
  readonly flat: boolean;
};

/** Least squares: how much `of` grows from the first sample to the last. */
const growthOf = (samples: readonly Sample[], of: (sample: Sample) => number): number => {
  const n = samples.length;
  const meanAt = samples.reduce((sum, { atMs }) => sum + atMs, 0) / n;
  const mean = samples.reduce((sum, sample) => sum + of(sample), 0) / n;
  let [together, spread] = [0, 0];
  for (const sample of samples) {
    together += (sample.atMs - meanAt) * (of(sample) - mean);
    spread += (sample.atMs - meanAt) ** 2;
  }
  const slope = spread === 0 ? 0 : together / spread;
  return slope * ((samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0));
};

/** Does what the process holds stay what it is once it is warm? */
export const judgeFlat = (samples: readonly Sample[]): readonly Verdict[] => {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  return (['rss', 'heapUsed', 'handles', 'files'] as const).map((what) => {
    const growth = growthOf(warm, (sample) => sample[what]);
    return { what, first: warm[0]?.[what] ?? 0, last: warm.at(-1)?.[what] ?? 0, growth, flat: growth <= MOST[what] };
  });
};
