import type { SessionLogPlace } from './session-log-path.ts';

/** `failed`: nothing was written; `why` is for the person. `path` reads as the settings name the folder. */
export type SavedLog =
  | { readonly result: 'written' | 'already_there'; readonly path: string }
  | { readonly result: 'failed'; readonly why: string };

/** Session logs as files, below the folder of the settings and nowhere else. */
export interface SessionLogs {
  /** Whole or not at all; in place of an older log of the same name. */
  save(place: SessionLogPlace, customerId: number, text: string): Promise<SavedLog>;
}
