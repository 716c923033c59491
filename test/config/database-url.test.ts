import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { nameOfDatabase, problemOfDatabaseUrl, secretsOfDatabaseUrl } from '../../src/config/database-url.ts';

describe('DATABASE_URL', () => {
  test.each([
    'sqlite:data/syncro-slack.db',
    'sqlite::memory:',
    'postgres://syncro:p%40ss%2Fword@db.example:5432/syncro?sslmode=verify-full',
    'postgresql://syncro@db/syncro',
    'postgres://syncro@/syncro?host=/run/postgresql',
  ])('%s is one', (url) => {
    expect(problemOfDatabaseUrl(url)).toBeNull();
  });

  test.each([
    ['mysql://root:planted@db/x', 'must begin with sqlite: (one copy) or postgres:// (several copies)'],
    ['data/syncro-slack.db', 'must begin with sqlite:'],
    ['sqlite:', 'has no file after'],
    ['postgres://syncro:planted@db', 'has no database name'],
    ['postgres://syncro:planted@db/', 'has no database name'],
    ['postgres://syncro:planted%zz@db/x', 'in the password, write'],
    ['postgres://syncro:pla[nted@db:port/x', 'is not an address like postgres://user:password@host:5432/name'],
  ])('%s is refused in words that hold nothing of it', (url, words) => {
    const problem = problemOfDatabaseUrl(url) ?? '';
    expect(problem).toContain(words);
    expect(problem).not.toMatch(/planted|pla\[nted/);
  });

  test('gives away its password to the log’s scrubber, as it is written and as it is', () => {
    expect(secretsOfDatabaseUrl('postgres://syncro:p%40ss%2Fword@db/syncro')).toEqual(['p%40ss%2Fword', 'p@ss/word']);
    expect(secretsOfDatabaseUrl('sqlite:data/x.db')).toEqual([]);
    expect(secretsOfDatabaseUrl(undefined)).toEqual([]);
  });

  test('is called by file, or by host and database, never by who logs in', () => {
    expect(nameOfDatabase('sqlite:data/x.db')).toBe(resolve('data/x.db'));
    expect(nameOfDatabase('postgres://syncro:planted@db.example:5433/syncro?sslmode=require')).toBe(
      'postgres db.example:5433/syncro',
    );
    expect(nameOfDatabase('postgres://syncro:planted@/syncro?host=/run/postgresql')).toBe(
      'postgres /run/postgresql/syncro',
    );
  });
});
