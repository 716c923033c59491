import type { Technician } from '../domain/technician.ts';
import type { Announcer, ApiKey, Clock, Keys, Log } from './ports.ts';

/** Follows what becomes of the keys that are in use, and tells the people concerned: once, not once per command. */
export type KeyWatch = {
  /** @param owner `null`: it is the shared key */
  givenOut(key: ApiKey, owner: Technician | null): void;
  /** Syncro refused this key. One that was never given out is none of ours yet. */
  refused(key: ApiKey): void;
  mismatch(technician: Technician, key: ApiKey, message: string): void;
  verified(technician: Technician): void;
};

export const nobodyWatches: KeyWatch = {
  givenOut: () => undefined,
  refused: () => undefined,
  mismatch: () => undefined,
  verified: () => undefined,
};

type Deps = {
  readonly announcer: Announcer;
  readonly keys: Pick<Keys, 'verified'>;
  readonly technicians: readonly Technician[];
  readonly clock: Clock;
  readonly log: Log;
};

const SHARED = 'shared';

export const createKeyWatch = ({ announcer, keys, technicians, clock, log }: Deps): KeyWatch => {
  const owners = new WeakMap<ApiKey, Technician | null>();
  /** About which of somebody's keys they were told. */
  const told = new Map<string, string>();
  const admins = technicians.filter(({ role }) => role === 'admin').map(({ slackUser }) => slackUser);

  const tellOnce = (about: string, key: ApiKey, people: readonly string[], event: Parameters<Announcer['tell']>[1]) => {
    if (told.get(about) === key.reveal()) return;
    told.set(about, key.reveal());
    for (const person of people)
      announcer.tell(person, event).catch((error: unknown) => {
        log.warn({ err: error, event: event.kind }, 'could not tell about a key');
        told.delete(about);
      });
  };

  return {
    givenOut: (key, owner) => void owners.set(key, owner),
    refused: (key) => {
      const owner = owners.get(key);
      if (owner === undefined) return;
      log.warn({ technician: owner?.name ?? SHARED }, 'Syncro refuses a key');
      if (owner) tellOnce(owner.slackUser, key, [owner.slackUser], { kind: 'refused' });
      else tellOnce(SHARED, key, admins, { kind: 'shared_refused' });
    },
    mismatch: (technician, key, message) => {
      log.error({ technician: technician.name }, "a key is somebody else's; nothing more goes out with it");
      tellOnce(technician.slackUser, key, admins, { kind: 'mismatch', technician, message });
    },
    verified: (technician) => {
      // It works (again): the next failure is news.
      told.delete(technician.slackUser);
      keys
        .verified(technician, clock.now())
        .catch((error: unknown) => log.warn({ err: error }, 'could not note that a key was checked'));
    },
  };
};
