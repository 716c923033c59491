import type { Clock, Log } from '../shared/system.ts';
import { restored } from './rules/restored.ts';
import type { Run } from './rules/run.ts';

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

type Deps = { readonly restores: Restores; readonly clock: Clock; readonly log: Log };

/**
 * Before anything works on the journal: is it one that came out of a backup? Then what it calls unfinished may have been
 * finished since, so all of that is looked for in Syncro before anything is sent. May be repeated, also by several copies.
 * @returns when that was last so; `null`: never
 */
export const seeToRestore = async ({ restores, clock, log }: Deps): Promise<number | null> => {
  const backupAt = await restores.backupAt();
  if (backupAt === null) return restores.restoredAt();
  const now = clock.now();
  const unfinished = await restores.unfinished();
  for (const { run, version } of unfinished) await restores.put({ run: restored(run, backupAt, now), version });
  await restores.forgetForms();
  await restores.settle(now);
  log.warn(
    { backup: new Date(backupAt).toISOString(), refs: unfinished.map(({ run }) => run.ref) },
    'restored from a backup: unfinished work is looked for in Syncro before anything is sent',
  );
  return now;
};
