import type { Run } from '../../runs/rules/run.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { ApiKey } from '../../syncro/ports.ts';
import type { Announcer, KeyEvent, Keys, KeyTroubles } from './ports.ts';

/** Follows what becomes of the keys that are in use, and tells the people concerned: once, not once per command. */
export type KeyWatch = {
  /** @param owner `null`: it is the shared key */
  givenOut(key: ApiKey, owner: Technician | null): void;
  /** Syncro refused this key. One that was never given out is none of ours yet. */
  refused(key: ApiKey): void;
  /** Somebody's key was found to be another person's, and nobody had found it before. */
  mismatch(technician: Technician, message: string): void;
  verified(technician: Technician): void;
  /** Work of somebody who may not write any more was stopped. */
  barred(run: Run): void;
};

type Deps = {
  readonly announcer: Announcer;
  readonly keys: Pick<Keys, 'verified'>;
  readonly troubles: KeyTroubles;
  readonly technicians: readonly Technician[];
  readonly clock: Clock;
  readonly log: Log;
};

const SHARED = 'shared';

export const createKeyWatch = ({ announcer, keys, troubles, technicians, clock, log }: Deps): KeyWatch => {
  const owners = new WeakMap<ApiKey, Technician | null>();
  const admins = technicians.filter(({ role }) => role === 'admin').map(({ slackUser }) => slackUser);

  const tell = async (about: string, people: readonly string[], event: KeyEvent): Promise<void> => {
    try {
      await Promise.all(people.map((person) => announcer.tell(person, event)));
    } catch (error) {
      log.warn({ err: error, event: event.kind }, 'could not tell about a key');
      // The next failure of it is told then.
      await troubles.clear(about);
    }
  };

  const unnoted = (error: unknown): void => log.warn({ err: error }, "a key's trouble could not be noted");

  const refusedOnce = async (about: string, key: ApiKey, people: readonly string[], event: KeyEvent): Promise<void> => {
    if (await troubles.note(about, key, null)) await tell(about, people, event);
  };

  return {
    givenOut: (key, owner) => void owners.set(key, owner),
    refused: (key) => {
      const owner = owners.get(key);
      if (owner === undefined) return;
      log.warn({ technician: owner?.name ?? SHARED }, 'Syncro refuses a key');
      const told = owner
        ? refusedOnce(owner.slackUser, key, [owner.slackUser], { kind: 'refused' })
        : refusedOnce(SHARED, key, admins, { kind: 'shared_refused' });
      told.catch(unnoted);
    },
    mismatch: (technician, message) => {
      log.error({ technician: technician.name }, "a key is somebody else's; nothing more goes out with it");
      tell(technician.slackUser, admins, { kind: 'mismatch', technician, message }).catch(unnoted);
    },
    barred: (run) => {
      const others = admins.filter((admin) => admin !== run.technician.slackUser);
      Promise.all(others.map((admin) => announcer.tell(admin, { kind: 'run_stopped', run }))).catch((error: unknown) =>
        log.warn({ err: error, ref: run.ref }, 'an admin could not be told of a run that was stopped'),
      );
    },
    verified: (technician) => {
      // It works (again): the next failure is news.
      troubles.clear(technician.slackUser).catch(unnoted);
      keys
        .verified(technician, clock.now())
        .catch((error: unknown) => log.warn({ err: error }, 'could not note that a key was checked'));
    },
  };
};
