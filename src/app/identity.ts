import type { Technician } from '../domain/technician.ts';
import { AppError } from '../errors.ts';
import type { ApiKey, Caller, Clock, Keys, Lane, SyncroReads } from './ports.ts';

/** Under whose name something will stand in Syncro. */
export type Author = { readonly id: number; readonly name: string; readonly shared: boolean };

export type Identity = {
  /** Somebody's key for reading: their own, else the shared one. @throws AppError no_key */
  reader(technician: Technician, lane?: Lane): Promise<Caller>;
  /**
   * The key to write with, checked with GET /me to be the technician's own.
   * @throws AppError no_key, wrong_key, key_refused, unreachable
   */
  writer(technician: Technician, lane: Lane): Promise<{ readonly caller: Caller; readonly author: Author }>;
};

/** How long a checked key counts as checked. */
const CHECKED_FOR_MS = 10 * 60_000;

type Deps = {
  readonly reads: Pick<SyncroReads, 'me'>;
  readonly keys: Keys;
  readonly clock: Clock;
  /** True: people without a key of their own write under the shared key's owner. */
  readonly sharedWrites: boolean;
};

export const createIdentity = ({ reads, keys, clock, sharedWrites }: Deps): Identity => {
  const checked = new Map<string, { readonly secret: string; readonly at: number; readonly author: Author }>();

  const noKey = (what: string) =>
    new AppError('no_key', `You have no Syncro key of your own, so ${what}. Ask your admin to add one for you.`);

  const check = async (technician: Technician, key: ApiKey, shared: boolean, lane: Lane): Promise<Author> => {
    const before = checked.get(technician.slackUser);
    if (before && before.secret === key.reveal() && clock.now() - before.at < CHECKED_FOR_MS) return before.author;
    checked.delete(technician.slackUser);
    const me = await reads.me({ key, lane });
    if (!shared && me.userId !== technician.syncroUserId)
      throw new AppError(
        'wrong_key',
        `The key belongs to ${me.name} (Syncro user ${me.userId}), not to ${technician.name} (${technician.syncroUserId}).`,
      );
    // Syncro's own spelling: it stands on the record, and by it a comment without an author's id is recognised.
    const author = { id: me.userId, name: me.name, shared };
    checked.set(technician.slackUser, { secret: key.reveal(), at: clock.now(), author });
    return author;
  };

  return {
    reader: async (technician, lane = 'person') => {
      const key = (await keys.own(technician)) ?? (await keys.shared());
      if (!key) throw noKey('nothing can be read');
      return { key, lane };
    },
    writer: async (technician, lane) => {
      const own = await keys.own(technician);
      const key = own ?? (sharedWrites ? await keys.shared() : null);
      if (!key) throw noKey('nothing is written under your name');
      const author = await check(technician, key, own === null, lane);
      return { caller: { key, lane }, author };
    },
  };
};
