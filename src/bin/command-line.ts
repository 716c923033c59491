import { readFileSync } from 'node:fs';
import { type Config, ConfigError, parseConfig } from '../config/config.ts';
import { asMeant } from '../shared/pasted.ts';

/** Ends the process with these words. */
export const end = (code: number, words: string): never => {
  (code === 0 ? process.stdout : process.stderr).write(`${words}\n`);
  process.exit(code);
};

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const settingsFile = (): string => asMeant(process.env.CONFIG_FILE ?? '') || 'config.yml';

/**
 * The settings; ends the process with words where they can't be used.
 * @param unreadable what to say when the file can't be read
 */
export const readConfig = (unreadable: (file: string) => string): Config => {
  const file = settingsFile();
  const read = (): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return end(1, unreadable(file));
    }
  };
  try {
    return parseConfig(read(), process.env);
  } catch (error) {
    if (error instanceof ConfigError) return end(1, error.message);
    throw error;
  }
};
