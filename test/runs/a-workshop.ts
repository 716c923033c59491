import { openSqlite } from '../../src/database/sqlite.ts';
import { createIdentity } from '../../src/features/keys/identity.ts';
import type { Keys } from '../../src/features/keys/ports.ts';
import type { Claimed, Runs } from '../../src/runs/ports.ts';
import type { Decision, Run } from '../../src/runs/rules/run.ts';
import type { MayWrite } from '../../src/runs/standing.ts';
import { createAudit } from '../../src/runs/store/audit.ts';
import { createRuns } from '../../src/runs/store/runs.ts';
import { type WorkDeps, workOnRun } from '../../src/runs/work-on-run.ts';
import { aManualClock, aQuietLog, aScriptedSyncro, someKeys } from '../syncro/scripted-syncro.ts';
import { settings } from './rules/a-run.ts';
import { howard, minute } from './rules/a-ticket.ts';

/** A worker moves a run this often at most before the test fails: a bill takes about ten. */
const MOST_MOVES = 60;

/** The real journal in memory, a scripted Syncro, a manual clock, and a worker that a test lets work. */
export const aWorkshop = async (options: { keys?: Keys; sharedWrites?: boolean } = {}) => {
  const db = await openSqlite(':memory:');
  const runs = createRuns(db);
  const audit = createAudit(db);
  const clock = aManualClock();
  const syncro = aScriptedSyncro(clock);
  const identity = createIdentity({
    reads: syncro.reads,
    keys: options.keys ?? someKeys({ [howard.slackUser]: 'howards-key' }),
    clock,
    sharedWrites: options.sharedWrites ?? false,
  });

  /** Whether Howard may write; a test changes it. */
  const standing: { now: MayWrite } = { now: { may: 'yes' } };
  const barred: Run[] = [];

  const depsWith = (journal: WorkDeps['runs']): WorkDeps & { moves: () => number } => {
    let moves = 0;
    return {
      reads: syncro.reads,
      writes: syncro.writes,
      identity,
      standing: { of: () => Promise.resolve(standing.now) },
      runs: journal,
      clock,
      log: aQuietLog,
      settings,
      changed: () => {
        moves += 1;
      },
      barred: (run) => void barred.push(run),
      isGone: () => false,
      stopping: () => {
        if (moves > MOST_MOVES) throw new Error('The worker goes round in circles');
        return false;
      },
      moves: () => moves,
    };
  };

  /** One process claims a run that is due and works until it waits; false: none is due. */
  const workOnce = async (owner = 'alpha', journal: WorkDeps['runs'] = runs): Promise<boolean> => {
    const claimed = await runs.claim(owner, clock.now(), minute);
    if (!claimed) return false;
    await workOnRun(depsWith(journal), claimed);
    return true;
  };

  const stored = async (id = 'run-1'): Promise<Run> => {
    const run = await runs.get(id);
    if (!run) throw new Error(`No run ${id}`);
    return run;
  };

  /** Lets time pass and workers work until the run waits for a person or has ended. */
  const workItOut = async (owner = 'alpha'): Promise<Run> => {
    for (let i = 0; i < 100; i++) {
      if (await workOnce(owner)) continue;
      const run = await stored();
      if (run.state !== 'open') return run;
      clock.at = Math.max(clock.at, run.wakeAt);
    }
    throw new Error('The run never ends');
  };

  const decide = async (decision: Decision): Promise<void> => {
    if (!(await runs.decide('run-1', decision))) throw new Error('The journal did not take the decision');
  };

  return { runs, audit, clock, syncro, identity, standing, barred, depsWith, workOnce, workItOut, stored, decide };
};

/** Claims the run that is due. */
export const claimed = async (runs: Runs, owner: string, now: number): Promise<Claimed> => {
  const claim = await runs.claim(owner, now, minute);
  if (!claim) throw new Error('Nothing to claim');
  return claim;
};
