import type { Log } from './log.ts';
import type { Read } from './reader.ts';

/** What every group of reads is made from. */
export type Resource = { readonly read: Read; readonly log: Log };
