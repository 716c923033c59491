import type { Kysely } from 'kysely';
import type { Database } from '../../database/schema.ts';
import type { Form, Forms } from '../forms-port.ts';

/** Opened forms. Those older than a week go when new ones come: no modal lives that long. */
export const createForms = (db: Kysely<Database>): Forms => ({
  put: async (form) => {
    const row = { id: form.id, technician: form.technician, body: JSON.stringify(form), created_at: form.createdAt };
    await db
      .insertInto('forms')
      .values(row)
      .onConflict((oc) => oc.column('id').doUpdateSet({ body: row.body }))
      .execute();
    await db
      .deleteFrom('forms')
      .where('created_at', '<', form.createdAt - KEPT_MS)
      .execute();
  },
  get: async (id) => {
    const row = await db.selectFrom('forms').select('body').where('id', '=', id).executeTakeFirst();
    return row ? (JSON.parse(row.body) as Form) : null;
  },
});

const KEPT_MS = 7 * 24 * 3_600_000;
