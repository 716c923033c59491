import { resolve } from 'node:path';

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

const EXAMPLE = 'postgres://user:password@host:5432/name';

/** A socket's folder stands for the host: `postgres://user@/name?host=/run/postgresql`. */
const parse = (url: string): URL | null => {
  const withHost = url.replace(/^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)(?=[/?]|$)/, '$1socket');
  return URL.canParse(withHost) ? new URL(withHost) : null;
};

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** What is wrong with DATABASE_URL, as the end of a sentence without anything that is secret; `null`: nothing. */
export const problemOfDatabaseUrl = (url: string): string | null => {
  if (/^sqlite:.*[/]$/.test(url)) return `is ${url}, a folder: name a file in it, like ${url}syncro-slack.db`;
  if (url.startsWith('sqlite:')) return url === 'sqlite:' ? 'has no file after sqlite:' : null;
  if (!isPostgresUrl(url)) return 'must begin with sqlite: (one copy) or postgres:// (several copies)';
  const at = parse(url);
  if (!at || decoded(at.username) === null || decoded(at.password) === null)
    return `is not an address like ${EXAMPLE}; in the password, write %40 for @ and %2F for /`;
  if (at.pathname.length < 2) return `has no database name at the end, like ${EXAMPLE}`;
  return null;
};

/** The password in it, as it is written there and as it is: nothing that a log may show. */
export const secretsOfDatabaseUrl = (url: string | undefined): readonly string[] => {
  const at = url && isPostgresUrl(url) ? parse(url) : null;
  return at ? [at.password, decoded(at.password) ?? '', at.searchParams.get('password') ?? ''].filter(Boolean) : [];
};

/** How people know it: a file, or a server's host, port and database, without who logs in. */
export const nameOfDatabase = (url: string): string => {
  if (!isPostgresUrl(url)) return resolve(url.replace(/^sqlite:/, ''));
  const at = parse(url);
  return at ? `postgres ${at.searchParams.get('host') ?? at.host}${decodeURI(at.pathname)}` : 'postgres';
};

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
