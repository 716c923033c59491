import { createCache } from '../../shared/briefly.ts';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { ApiKey, Lane, SyncroReads } from '../../syncro/ports.ts';
import type { KeyWatch } from './key-watch.ts';
import type { Keys, KeyTroubles } from './ports.ts';

/** For one process: the doctor, and tests. */
export const memoryTroubles = (): KeyTroubles => {
  const known = new Map<string, { readonly secret: string; readonly mismatch: string | null }>();
  return {
    note: (about, key, mismatch) => {
      const before = known.get(about);
      const isNews = before?.secret !== key.reveal() || (before.mismatch === null && mismatch !== null);
      if (isNews) known.set(about, { secret: key.reveal(), mismatch });
      return Promise.resolve(isNews);
    },
    mismatchOf: (about, key) => {
      const found = known.get(about);
      return Promise.resolve(found?.secret === key.reveal() ? found.mismatch : null);
    },
    clear: (about) => Promise.resolve(void known.delete(about)),
  };
};

/** How long a checked key counts as checked. */
const CHECKED_FOR_MS = 10 * 60_000;
const MOST_CHECKED = 500;

type Deps = {
  readonly reads: Pick<SyncroReads, 'me'>;
  readonly keys: Pick<Keys, 'own' | 'shared'>;
  readonly clock: Clock;
  /** True: people without a key of their own write under the shared key's owner. */
  readonly sharedWrites: boolean;
  readonly watch?: KeyWatch;
  readonly troubles?: KeyTroubles;
};

export const createIdentity = ({
  reads,
  keys,
  clock,
  sharedWrites,
  watch,
  troubles = memoryTroubles(),
}: Deps): Identity => {
  const checked = createCache<string, { readonly secret: string; readonly author: Author }>(
    MOST_CHECKED,
    CHECKED_FOR_MS,
    clock,
  );

  /** A key never becomes another user's: good enough to say whose it is, not to write with it. */
  const names = new Map<string, { readonly secret: string; readonly author: Author }>();

  const noKey = () => new AppError('no_key', 'First, connect your Syncro account (once).');

  const ownKey = async (technician: Technician): Promise<ApiKey | null> => {
    const key = await keys.own(technician);
    if (key) watch?.givenOut(key, technician);
    return key;
  };

  const sharedKey = async (): Promise<ApiKey | null> => {
    const key = await keys.shared();
    if (key) watch?.givenOut(key, null);
    return key;
  };

  const checkNow = async (technician: Technician, key: ApiKey, shared: boolean, lane: Lane): Promise<Author> => {
    const { slackUser } = technician;
    checked.delete(slackUser);
    const me = await reads.me({ key, lane });
    if (!shared && me.userId !== technician.syncroUserId) {
      const message = `The key belongs to ${me.name} (Syncro user ${me.userId}), not to ${technician.name} (${technician.syncroUserId}).`;
      // From now on nothing goes out with it, not even a read, whichever copy is asked.
      if (await troubles.note(slackUser, key, message)) watch?.mismatch(technician, message);
      throw new AppError('wrong_key', message);
    }
    if (!shared) {
      await troubles.clear(slackUser);
      watch?.verified(technician);
    }
    // Syncro's own spelling: it stands on the record, and by it a comment without an author's id is recognised.
    const author = { id: me.userId, name: me.name, shared };
    checked.set(slackUser, { secret: key.reveal(), author });
    names.set(slackUser, { secret: key.reveal(), author });
    return author;
  };

  const check = async (technician: Technician, key: ApiKey, shared: boolean, lane: Lane): Promise<Author> => {
    const before = checked.get(technician.slackUser);
    return before?.secret === key.reveal() ? before.author : checkNow(technician, key, shared, lane);
  };

  const writingKey = async (technician: Technician) => {
    const own = await ownKey(technician);
    return { own, key: own ?? (sharedWrites ? await sharedKey() : null) };
  };

  return {
    known: async (technician) => {
      const { key } = await writingKey(technician);
      const name = names.get(technician.slackUser);
      return key && name?.secret === key.reveal() ? name.author : null;
    },
    reader: async (technician, lane = 'person') => {
      const own = await ownKey(technician);
      const mismatch = own && (await troubles.mismatchOf(technician.slackUser, own));
      if (mismatch) throw new AppError('wrong_key', mismatch);
      const key = own ?? (await sharedKey());
      if (!key) throw noKey();
      return { key, lane };
    },
    writer: async (technician, lane) => {
      const { own, key } = await writingKey(technician);
      if (!key) throw noKey();
      const author = await check(technician, key, own === null, lane);
      return { caller: { key, lane }, author };
    },
    verify: async (technician) => {
      const key = await ownKey(technician);
      return key ? checkNow(technician, key, false, 'person') : null;
    },
  };
};
