import { resolve } from 'node:path';
import { asMeant } from '../shared/pasted.ts';

/** Where the database is, for the commands that need no other setting. */
export const databaseUrl = (): string => asMeant(process.env.DATABASE_URL ?? '') || 'sqlite:data/syncro-slack.db';

/** The path of a SQLite file; `null`: it is another engine's. */
export const sqliteFile = (url: string): string | null =>
  url.startsWith('sqlite:') ? resolve(url.slice('sqlite:'.length)) : null;

/** As it may be shown. */
export const withoutPassword = (url: string): string => {
  const parsed = URL.parse(url);
  if (!parsed) return 'postgres://…';
  parsed.password = '';
  // A password may stand there too.
  parsed.search = '';
  return parsed.href;
};
