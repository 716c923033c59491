import { type Config, loadConfig } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { problemOfDatabaseUrl } from '../config/database-url.ts';
import { readEnvFile, readSecretFiles } from '../config/variables.ts';
import { asMeant } from '../shared/pasted.ts';

/** Ends the process with these words. */
export const end = (code: number, words: string): never => {
  (code === 0 ? process.stdout : process.stderr).write(`${words}\n`);
  process.exit(code);
};

/** `1 run`, `2 runs`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The settings; ends the process with words where they can't be used. */
export const readConfig = (): Config => {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return end(1, error.message);
    throw error;
  }
};

/** Where the database is, for the commands that need no other setting; ends the process where that can't be told. */
export const databaseUrl = (): string => {
  const { variables, problems } = readSecretFiles(readEnvFile(process.env), ['DATABASE_URL']);
  const url = asMeant(variables.DATABASE_URL ?? '') || 'sqlite:data/syncro-slack.db';
  const problem = problemOfDatabaseUrl(url);
  const all = problem ? [...problems, `DATABASE_URL ${problem}`] : problems;
  return all.length > 0 ? end(2, new ConfigError(all).message) : url;
};
