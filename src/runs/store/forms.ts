import { type Kysely, sql } from 'kysely';
import type { OldRows } from '../../database/prune.ts';
import type { Database } from '../../database/schema.ts';
import type { Form, Forms } from '../ports.ts';
import type { Work } from '../rules/work.ts';
import { fromStored, toStored } from './run-row.ts';

/** What was previewed becomes a run, perhaps in a copy of another version. */
const withWork = <Kept>({ previewed, ...form }: Form, change: (work: Work) => Kept) => ({
  ...form,
  previewed: previewed && { ...previewed, work: change(previewed.work) },
});

const bodyOf = (form: Form): string => JSON.stringify(withWork(form, toStored));
const formOf = (body: string): Form => withWork(JSON.parse(body) as Form, fromStored<Work>);

/** Opened forms. */
export const createForms = (db: Kysely<Database>): Forms => ({
  put: async (form) => {
    const row = {
      id: form.id,
      technician: form.technician,
      body: bodyOf(form),
      created_at: form.createdAt,
    };
    await db
      .insertInto('forms')
      .values(row)
      .onConflict((oc) => oc.column('id').doUpdateSet({ body: row.body, created_at: row.created_at }))
      .execute();
  },
  get: async (id) => {
    const row = await db.selectFrom('forms').select('body').where('id', '=', id).executeTakeFirst();
    return row ? formOf(row.body) : null;
  },
  change: async (id, make) => {
    for (;;) {
      const row = await db.selectFrom('forms').select('body').where('id', '=', id).executeTakeFirst();
      if (!row) return;
      const form = formOf(row.body);
      const next = make(form);
      if (next === form) return;
      const { numUpdatedRows } = await db
        .updateTable('forms')
        .set({ body: bodyOf(next) })
        .where('id', '=', id)
        .where('body', '=', row.body)
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return;
    }
  },
});

/** No modal lives for a week. */
export const oldForms: OldRows = {
  table: 'forms',
  key: ['id'],
  keptMs: 7 * 24 * 3_600_000,
  when: (before) => sql`created_at < ${before}`,
};
