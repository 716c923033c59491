import type { Clock, Log } from '../../shared/system.ts';
import { restored } from '../rules/restored.ts';
import type { Restores } from './ports.ts';

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
