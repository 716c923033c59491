import type { Names } from '../slack/flatten-text.ts';
import type { StateValues } from '../slack/workspace.ts';

/** What is known besides the blocks. */
export type Shown = {
  /** What was entered. */
  readonly values?: StateValues;
  /** Errors under inputs, by block id. */
  readonly errors?: ReadonlyMap<string, string>;
  readonly names: Names;
  /** Who and which channels can be picked, by id. */
  readonly offers?: { readonly users: ReadonlyMap<string, string>; readonly channels: ReadonlyMap<string, string> };
  /** The reader's. */
  readonly timeZone: string;
  readonly now: number;
};
