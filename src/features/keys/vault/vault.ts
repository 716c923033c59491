import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { asMeant } from '../../../shared/pasted.ts';
import type { Clock } from '../../../shared/system.ts';
import { ageKeyFile, expandHome, readAgeIdentities } from './age-identities.ts';
import { readOrdinary, realFileIn } from './ordinary-file.ts';
import { decryptSops } from './sops.ts';
import { runSops } from './sops-program.ts';

/** What a vault file gave; the credential is kept in memory only. */
export type VaultEntry =
  | { readonly ok: true; readonly credential: string; readonly syncroUserId: number | null }
  /** A sentence's end, without a secret. */
  | { readonly ok: false; readonly why: string };

export type Vault = { readonly read: (path: string) => Promise<VaultEntry> };

type Options = {
  readonly dir: string;
  readonly ageKeyFile: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
};

/** How often a file is looked at, at most. File system events do not arrive from mounts. */
const LOOK_EVERY_MS = 3_000;
/** A file that gave nothing is tried again although it did not change: the age key may have come. */
const TRY_AGAIN_MS = 30_000;
/** A file that is being replaced may be half there. */
const REPLACING_MS = 250;

const entry = z.looseObject({
  credentials: z.looseObject({ credential: z.string().transform(asMeant).pipe(z.string().min(1)) }),
  syncro_user_id: z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
});

const whyOf = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'this process may not read it';
  return error instanceof Error ? error.message : 'unknown reason';
};

type Kept = { readonly mark: string; readonly readAt: number; readonly entry: VaultEntry };

/** Files that sops encrypted, decrypted when they are first needed and again when they were replaced. */
export const createVault = (options: Options): Vault => {
  const { variables, clock } = options;
  const dir = expandHome(options.dir);
  const keyFile = ageKeyFile(options.ageKeyFile, variables);
  const kept = new Map<string, Kept>();
  const looked = new Map<string, number>();
  const looking = new Map<string, Promise<VaultEntry>>();

  const decrypt = async (file: string): Promise<unknown> => {
    const real = await realFileIn(dir, file);
    // Before the program too, which would wait at a pipe.
    const text = await readOrdinary(real, { oneName: true });
    const bySops = await runSops(real, keyFile, variables);
    return bySops ? bySops.json : decryptSops(text, await readAgeIdentities(keyFile, variables));
  };

  const load = async (file: string): Promise<VaultEntry> => {
    try {
      const parsed = entry.safeParse(await decrypt(file));
      if (!parsed.success) return { ok: false, why: 'it has no credentials.credential' };
      const { credentials, syncro_user_id } = parsed.data;
      return { ok: true, credential: credentials.credential, syncroUserId: syncro_user_id ?? null };
    } catch (error) {
      return { ok: false, why: whyOf(error) };
    }
  };

  const markOf = (file: string): Promise<string> =>
    stat(file).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs}/${size}/${ino}`,
      (error: unknown) => `none: ${whyOf(error)}`,
    );

  const look = async (file: string): Promise<VaultEntry> => {
    const before = kept.get(file);
    let mark = await markOf(file);
    const stale = before !== undefined && !before.entry.ok && Math.abs(clock.now() - before.readAt) >= TRY_AGAIN_MS;
    if (before && before.mark === mark && !stale) {
      looked.set(file, clock.now());
      return before.entry;
    }
    let read = await load(file);
    if (!read.ok && before?.entry.ok) {
      await clock.sleep(REPLACING_MS);
      mark = await markOf(file);
      read = await load(file);
    }
    kept.set(file, { mark, readAt: clock.now(), entry: read });
    looked.set(file, clock.now());
    return read;
  };

  return {
    read: (path) => {
      const file = resolve(dir, path);
      const known = kept.get(file);
      if (known && Math.abs(clock.now() - (looked.get(file) ?? 0)) < LOOK_EVERY_MS) return Promise.resolve(known.entry);
      // Many requests at once: one of them looks.
      const running = looking.get(file) ?? look(file).finally(() => looking.delete(file));
      looking.set(file, running);
      return running;
    },
  };
};
