import type { Run } from '../rules/run.ts';

/** A restored database has forgotten what was sent since its backup was made. Times are epoch milliseconds. */
export interface Restores {
  /** When the backup that this database was restored from was made; `null`: it was not, or that was seen to. */
  backupAt(): Promise<number | null>;
  /** When the app last found its database restored; `null`: never. */
  restoredAt(): Promise<number | null>;
  /** From now on it counts as a backup made at that time: the next start looks before it sends. */
  markBackup(at: number): Promise<void>;
  unfinished(): Promise<ReadonlyArray<{ readonly run: Run; readonly version: number }>>;
  /** Stores the run unless somebody changed it since, and takes it from whoever held it before. */
  put(unfinished: { readonly run: Run; readonly version: number }): Promise<void>;
  /** A form of before may have been submitted since: it must be opened anew. */
  forgetForms(): Promise<void>;
  /** Everything was seen to. */
  settle(at: number): Promise<void>;
}
