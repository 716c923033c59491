import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { SealedKey, SealedKeys } from '../ports.ts';

const toKey = (row: Selectable<Database['connected_keys']>): SealedKey => ({
  technician: row.technician,
  team: row.team,
  sealed: row.sealed,
  keyId: row.key_id,
  syncroUserId: row.syncro_user_id,
  connectedAt: row.connected_at,
  verifiedAt: row.verified_at,
});

/** Connected keys, sealed: what is in here can't be read without ENCRYPTION_KEY. */
export const createSealedKeys = (db: Kysely<Database>): SealedKeys => ({
  get: async (technician) => {
    const row = await db
      .selectFrom('connected_keys')
      .selectAll()
      .where('technician', '=', technician)
      .executeTakeFirst();
    return row ? toKey(row) : null;
  },
  all: async () => (await db.selectFrom('connected_keys').selectAll().orderBy('technician').execute()).map(toKey),
  put: async (key) => {
    const values = {
      team: key.team,
      sealed: key.sealed,
      key_id: key.keyId,
      syncro_user_id: key.syncroUserId,
      connected_at: key.connectedAt,
      verified_at: key.verifiedAt,
    };
    await db
      .insertInto('connected_keys')
      .values({ technician: key.technician, ...values })
      .onConflict((oc) => oc.column('technician').doUpdateSet(values))
      .execute();
  },
  reseal: async (before, sealed, keyId) => {
    const { numUpdatedRows } = await db
      .updateTable('connected_keys')
      .set({ sealed, key_id: keyId })
      .where('technician', '=', before.technician)
      .where('sealed', '=', before.sealed)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },
  verified: async (technician, at) => {
    await db.updateTable('connected_keys').set({ verified_at: at }).where('technician', '=', technician).execute();
  },
  remove: async (technician) => {
    const { numDeletedRows } = await db
      .deleteFrom('connected_keys')
      .where('technician', '=', technician)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  },
});
