/** A table that grows with time, and how it is kept small. */
export type Pruning = {
  readonly table: string;
  /** How long its rows are kept. */
  readonly keptMs: number;
  /** Deletes at most so many rows of before that moment; how many there were. */
  readonly prune: (before: number, limit: number) => Promise<number>;
};

export type Prunings = readonly Pruning[];
