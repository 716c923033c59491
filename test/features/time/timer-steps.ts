import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import type { Modal, Person } from '../../../sandbox/slack/slack.ts';
import type { World, WorldOptions } from '../../../sandbox/world.ts';
import { emptyJournal } from '../../empty-journal.ts';
import { howardOf } from '../../world/people.ts';
import { useWorld } from '../../world/use-world.ts';

export type TimerWorld = World & {
  /** As if every clock that runs had been started so many minutes earlier. */
  readonly passes: (minutes: number) => void;
};

/** A world whose timers can be made to have run for a while. */
export const useTimers = (): ((
  options?: WorldOptions & { shop?: { timeout?: number; settle?: number; more?: string } },
) => Promise<TimerWorld>) => {
  const dirs: string[] = [];
  // Registered first, so it runs last: the app has closed its database then.
  afterEach(() => {
    for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
  });
  const start = useWorld();
  return async (options) => {
    const dir = mkdtempSync(join(tmpdir(), 'timers-'));
    dirs.push(dir);
    const databaseFile = join(dir, 'journal.db');
    writeFileSync(databaseFile, await emptyJournal());
    const world = await start({ ...options, databaseFile });
    return {
      ...world,
      passes: (minutes) => {
        const db = new SqliteDatabase(databaseFile);
        db.prepare('update timers set started_at = started_at - ? where stopped_at is null').run(minutes * 60_000);
        db.close();
      },
    };
  };
};

export const timer = async (person: Person, words: string): Promise<void> => {
  await person.slash('/syncro', `timer ${words}`);
};

/** A clock on the ticket that has run for so long. */
export const measured = async (world: TimerWorld, minutes: number, number = 32164): Promise<Person> => {
  const howard = howardOf(world);
  await timer(howard, `start ${number}`);
  await howard.message(new RegExp(`Timer on #${number} .* started`));
  world.passes(minutes);
  return howard;
};

export const NOTES = 'Repaired the sync.';

/** Stopped after so many minutes; the bill form is closed again and its message is at hand. */
export const stopped = async (world: TimerWorld, minutes: number, number = 32164) => {
  const howard = await measured(world, minutes, number);
  await timer(howard, 'stop');
  const form = await howard.modal(`Bill #${number}`);
  const message = await howard.message(new RegExp(`Timer on #${number} stopped: ${minutes} min`));
  return { howard, form, message };
};

/** Fills in the log form up to its preview; nothing is sent yet. */
export const previewLog = async (person: Person, notes = NOTES, labor = 'remote'): Promise<Modal> => {
  const form = await person.modal(/Log time on #/);
  await form.choose('Labor type', labor);
  await form.type('Notes', notes);
  await form.submit('Preview');
  const preview = await person.modal('Check and log');
  await preview.waitFor('[Log ');
  return preview;
};

/** A clock of 42 minutes, stopped, whose log is ready to be confirmed. */
export const readyToLog = async (world: TimerWorld, minutes = 42, notes = NOTES) => {
  const { howard, form, message } = await stopped(world, minutes);
  await form.close();
  await message.click('Log in Syncro');
  return { howard, message, preview: await previewLog(howard, notes) };
};
