import SqliteDatabase from 'better-sqlite3';

/** Rows of every table, by its name. */
export const countTables = (file: string): ReadonlyMap<string, number> => {
  const db = new SqliteDatabase(file, { readonly: true });
  try {
    const names = db
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by 1",
      )
      .pluck()
      .all() as string[];
    return new Map(names.map((name) => [name, Number(db.prepare(`select count(*) from "${name}"`).pluck().get())]));
  } finally {
    db.close();
  }
};

/** Runs that are still on their way, or ask somebody. */
export const unfinishedRuns = (file: string): number => {
  const db = new SqliteDatabase(file, { readonly: true });
  try {
    return Number(db.prepare("select count(*) from runs where state in ('open', 'asking')").pluck().get());
  } finally {
    db.close();
  }
};
