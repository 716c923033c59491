import { type Kysely, sql } from 'kysely';
import type { OldRows } from '../../database/prune.ts';
import type { Database } from '../../database/schema.ts';
import type { Form, Forms } from '../forms-port.ts';

/** Opened forms. */
export const createForms = (db: Kysely<Database>): Forms => ({
  put: async (form) => {
    const row = { id: form.id, technician: form.technician, body: JSON.stringify(form), created_at: form.createdAt };
    await db
      .insertInto('forms')
      .values(row)
      .onConflict((oc) => oc.column('id').doUpdateSet({ body: row.body }))
      .execute();
  },
  get: async (id) => {
    const row = await db.selectFrom('forms').select('body').where('id', '=', id).executeTakeFirst();
    return row ? (JSON.parse(row.body) as Form) : null;
  },
});

/** No modal lives for a week. */
export const oldForms: OldRows = {
  table: 'forms',
  key: ['id'],
  keptMs: 7 * 24 * 3_600_000,
  when: (before) => sql`created_at < ${before}`,
};
