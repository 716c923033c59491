import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { asMeant } from '../../../shared/pasted.ts';
import type { Clock } from '../../../shared/system.ts';
import { readOrdinary, realFileIn, UnfitFile } from './ordinary-file.ts';
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
  readonly variables: NodeJS.ProcessEnv;
  readonly clock: Clock;
};

/** How often a file is looked at, at most. File system events do not arrive from mounts. */
const LOOK_EVERY_MS = 3_000;
/** A file that gave nothing is tried again although it did not change: the age key may have come. */
const TRY_AGAIN_MS = 30_000;
/** A file that is being replaced may be half there. */
const REPLACING_MS = 250;

const keyEntry = z.object({
  credentials: z.object({ credential: z.string().transform(asMeant).pipe(z.string().min(1)) }),
  syncro_user_id: z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
});

/** `~` as the shell has it. */
export const expandHome = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()));

/** The file with the age keys: the settings', else the environment's, else where sops looks by itself. */
export const ageKeyFile = (configured: string | undefined, variables: NodeJS.ProcessEnv): string =>
  expandHome(
    configured ??
      (variables.SOPS_AGE_KEY_FILE ||
        join(variables.XDG_CONFIG_HOME || join(homedir(), '.config'), 'sops', 'age', 'keys.txt')),
  );

const ageKeysIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));

/** The age keys of SOPS_AGE_KEY and of the file. @throws UnfitFile when there is none */
const readAgeKeys = async (file: string, variables: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const inFile = await readOrdinary(file).then(ageKeysIn, () => null);
  const all = [...ageKeysIn(variables.SOPS_AGE_KEY ?? ''), ...(inFile ?? [])];
  if (all.length > 0) return all;
  throw new UnfitFile(inFile ? `there is no age key in ${file}` : `the age key file ${file} can't be read`);
};

const whyOf = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'this process may not read it';
  return error instanceof Error ? error.message : 'unknown reason';
};

const markOf = (file: string): Promise<string> =>
  stat(file).then(({ mtimeMs, size, ino }) => `${mtimeMs}/${size}/${ino}`, String);

type Kept = { readonly entry: VaultEntry; readonly mark: string; readonly readAt: number; readonly lookedAt: number };

/** Files that sops encrypted, decrypted when they are first needed and again when they were replaced. */
export const createVault = ({ variables, clock, ...options }: Options): Vault => {
  const dir = expandHome(options.dir);
  const keyFile = ageKeyFile(options.ageKeyFile, variables);
  const kept = new Map<string, Kept>();
  const looking = new Map<string, Promise<VaultEntry>>();

  const decrypt = async (file: string): Promise<unknown> => {
    const real = await realFileIn(dir, file);
    // Before the program too, which would wait at a pipe.
    const text = await readOrdinary(real, { oneName: true });
    const bySops = await runSops(real, keyFile, variables);
    return bySops ? bySops.json : decryptSops(text, await readAgeKeys(keyFile, variables));
  };

  const load = async (file: string): Promise<VaultEntry> => {
    try {
      const parsed = keyEntry.safeParse(await decrypt(file));
      if (!parsed.success) return { ok: false, why: 'it has no credentials.credential' };
      const { credentials, syncro_user_id } = parsed.data;
      return { ok: true, credential: credentials.credential, syncroUserId: syncro_user_id ?? null };
    } catch (error) {
      return { ok: false, why: whyOf(error) };
    }
  };

  const look = async (file: string): Promise<VaultEntry> => {
    const before = kept.get(file);
    let mark = await markOf(file);
    const isStale = before?.entry.ok === false && Math.abs(clock.now() - before.readAt) >= TRY_AGAIN_MS;
    if (before?.mark === mark && !isStale) {
      kept.set(file, { ...before, lookedAt: clock.now() });
      return before.entry;
    }
    let entry = await load(file);
    if (!entry.ok && before?.entry.ok) {
      await clock.sleep(REPLACING_MS);
      mark = await markOf(file);
      entry = await load(file);
    }
    kept.set(file, { entry, mark, readAt: clock.now(), lookedAt: clock.now() });
    return entry;
  };

  return {
    read: (path) => {
      const file = resolve(dir, path);
      const known = kept.get(file);
      if (known && Math.abs(clock.now() - known.lookedAt) < LOOK_EVERY_MS) return Promise.resolve(known.entry);
      // Many requests at once: one of them looks.
      const running = looking.get(file) ?? look(file).finally(() => looking.delete(file));
      looking.set(file, running);
      return running;
    },
  };
};
