/** One line of the table: a figure beside its floor, both measured in the same run. */
export type Row = {
  readonly bench: string;
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'requests' | 'requests/s' | 'ratio';
  /** `null`: it could not be measured here; the note says why. */
  readonly ours: number | null;
  /** The least that is possible, measured or counted in the same run; `null`: there is none to hold it against. */
  readonly floor: number | null;
  /** The goal in words, `''`: none is set. */
  readonly goal: string;
  /** `null`: no goal. */
  readonly reached: boolean | null;
  readonly note?: string;
};

export type Measured = {
  readonly rows: readonly Row[];
  /** What the rows were made of, for `results.json`. */
  readonly details: unknown;
};

export type BenchOptions = {
  /** Shorter and coarser: whether it runs, not how fast the app is. */
  readonly quick: boolean;
  /** Progress, for whoever watches. */
  readonly say: (line: string) => void;
};

/** One benchmark; `run.ts` lists them all. */
export type Bench = {
  readonly name: string;
  readonly about: string;
  measure(options: BenchOptions): Promise<Measured>;
};

type Figure = Pick<Row, 'bench' | 'what' | 'unit'> & { readonly ours: number } & Partial<Pick<Row, 'floor' | 'note'>>;

/** A row whose goal is a multiple of its floor. */
export const atMostTimes = (factor: number, figure: Figure & { readonly floor: number }): Row => ({
  ...figure,
  goal: `≤ ${factor} × floor`,
  reached: figure.ours <= factor * figure.floor,
});

/** A row whose goal is a number. */
export const atMost = (most: number, figure: Figure): Row => ({
  ...figure,
  floor: figure.floor ?? null,
  goal: `≤ ${most}`,
  reached: figure.ours <= most,
});

/** A row that is only told. */
export const told = (figure: Figure): Row => ({ ...figure, floor: figure.floor ?? null, goal: '', reached: null });

/** A row that says why there is no figure. */
export const notMeasured = (row: Pick<Row, 'bench' | 'what' | 'unit'> & { readonly note: string }): Row => ({
  ...row,
  ours: null,
  floor: null,
  goal: '',
  reached: null,
});
