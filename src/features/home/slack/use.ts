import type { Run } from '../../../runs/rules/run.ts';
import type { Homes } from '../read-home.ts';

export type HomeUse = {
  readonly homes: Homes;
  readonly getRun: (id: string) => Promise<Run | null>;
  /** Waits a moment until a run has moved on from here. */
  readonly followRun: (before: Run, forMs: number) => Promise<void>;
};
