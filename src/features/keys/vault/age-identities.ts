import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { readOrdinary } from './ordinary-file.ts';

/** `~` as the shell has it. */
export const expandHome = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()));

type Variables = Readonly<Record<string, string | undefined>>;

/** The file with the age keys: the settings', else the environment's, else where sops looks by itself. */
export const ageKeyFile = (configured: string | undefined, variables: Variables): string =>
  expandHome(
    configured ??
      (variables.SOPS_AGE_KEY_FILE ||
        join(variables.XDG_CONFIG_HOME || join(homedir(), '.config'), 'sops', 'age', 'keys.txt')),
  );

const keysOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));

/** The age keys of SOPS_AGE_KEY and of the file. @throws Error, without a secret, when there is none */
export const readAgeIdentities = async (file: string, variables: Variables): Promise<readonly string[]> => {
  const inVariable = keysOf(variables.SOPS_AGE_KEY ?? '');
  const inFile = await readOrdinary(file).then(keysOf, () => null);
  const all = [...inVariable, ...(inFile ?? [])];
  if (all.length > 0) return all;
  throw new Error(inFile ? `there is no age key in ${file}` : `the age key file ${file} can't be read`);
};
