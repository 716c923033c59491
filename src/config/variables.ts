import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { asMeant } from '../shared/pasted.ts';

/** Variables whose value may stand in a file: `NAME_FILE` names it, or it is systemd's credential NAME. */
export const SECRETS: readonly string[] = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEY_OLD',
  'SYNCRO_HOOK_SECRET',
  'DATABASE_URL',
];

/** The environment, with what files add to it. No sentence holds a value. */
export type Gathered = {
  readonly variables: NodeJS.ProcessEnv;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
};

/** Ten times what the longest secret needs: a file that is named by mistake is not read into the memory. */
const MOST_BYTES = 64 * 1024;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: "the user that the app runs as can't read it",
  EISDIR: 'it is a folder',
};

/** The end of "… can't be read: ". */
export const whyUnreadable = (error: unknown): string => WHY[codeOf(error)] ?? `the system says ${codeOf(error)}`;

const UTF_16 = "can't be read: it is UTF-16; save it as UTF-8";

type Read = { readonly text: string; readonly warnings: readonly string[] } | { readonly problem: string };

const readSmallFile = (file: string): Read => {
  try {
    // Asked before: to open a pipe waits for somebody to write.
    const { mode, size } = statSync(file);
    if (size > MOST_BYTES) return { problem: `can't be read: it is larger than ${MOST_BYTES / 1024} kB` };
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    if (text.includes('\0')) return { problem: UTF_16 };
    // Windows has no such modes.
    const open = (mode & 0o004) !== 0 && text !== '' && process.platform !== 'win32';
    const words = `${file} holds secrets, and everybody on this machine can read it: chmod 600 ${file}`;
    return { text, warnings: open ? [words] : [] };
  } catch (error) {
    return { problem: `can't be read: ${whyUnreadable(error)}` };
  }
};

/** Lines that say nothing, and that the parser passes over in silence; those of a value over several lines are none. */
const strayLines = (text: string, values: readonly string[]): readonly number[] => {
  const inside = new Set(values.filter((value) => value.includes('\n')).flatMap((value) => value.split('\n')));
  return text.split('\n').flatMap((line, i) => {
    const isFine = /^\s*(#|$|(export\s+)?[\w.-]+\s*=)/.test(line) || inside.has(line.trim().replace(/["'`]$/, ''));
    return isFine ? [] : [i + 1];
  });
};

/**
 * What `.env` in the working directory adds (or the file that ENV_FILE names); what the environment says counts first,
 * as with `node --env-file`.
 */
export const readEnvFile = (environment: NodeJS.ProcessEnv): Gathered => {
  const named = asMeant(environment.ENV_FILE ?? '');
  const file = named || '.env';
  if (!named && !existsSync(file)) return { variables: environment, problems: [], warnings: [] };
  const read = readSmallFile(file);
  if ('problem' in read) {
    const problem = `${file} ${read.problem}${named ? ' (ENV_FILE names it)' : ''}`;
    return { variables: environment, problems: [problem], warnings: [] };
  }
  const found = parseEnv(read.text);
  const stray = strayLines(
    read.text,
    Object.values(found).flatMap((value) => value ?? []),
  );
  return {
    variables: { ...found, ...environment },
    problems: stray.map((line) => `${file}: line ${line} is not NAME=value: begin comments with #`),
    warnings: read.warnings,
  };
};

/**
 * Takes in the files that hold what no variable says.
 * @param names of the variables that may be given so
 * @returns and which of them a file was to hold that can't be used: they are not missing besides
 */
export const readSecretFiles = (
  before: Gathered,
  names: readonly string[],
): Gathered & { readonly unread: readonly string[] } => {
  const { variables } = before;
  const credentials = variables.CREDENTIALS_DIRECTORY;
  const read: Record<string, string> = {};
  const problems = [...before.problems];
  const warnings = [...before.warnings];
  const unread: string[] = [];
  for (const name of new Set(names)) {
    const named = asMeant(variables[`${name}_FILE`] ?? '');
    const credential = credentials && /^\w+$/.test(name) ? join(credentials, name) : '';
    const places = [
      ...(asMeant(variables[name] ?? '') ? [{ file: null, words: 'as a variable' }] : []),
      ...(named ? [{ file: named, words: `in ${named} (${name}_FILE)` }] : []),
      ...(credential && existsSync(credential)
        ? [{ file: credential, words: `as systemd's credential ${credential}` }]
        : []),
    ];
    const [place] = places;
    if (places.length > 1) {
      const words = places.map((each) => each.words).join(' and ');
      problems.push(`${name} is set ${places.length} times, ${words}: keep only one`);
    }
    if (!place?.file) continue;
    const found = readSmallFile(place.file);
    const value = 'problem' in found ? '' : asMeant(found.text);
    if ('problem' in found || value === '') {
      problems.push(`${name}: the file ${place.file} ${'problem' in found ? found.problem : 'is empty'}`);
      unread.push(name);
      continue;
    }
    read[name] = value;
    warnings.push(...found.warnings);
  }
  return { variables: { ...variables, ...read }, problems, warnings, unread };
};
