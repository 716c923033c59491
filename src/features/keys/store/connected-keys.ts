import type { Kysely } from 'kysely';
import type { Database } from '../../../database/schema.ts';
import type { SealedKeys } from '../ports.ts';

const COLUMNS = [
  ...(['technician', 'team', 'sealed', 'key_id as keyId', 'syncro_user_id as syncroUserId'] as const),
  ...(['connected_at as connectedAt', 'verified_at as verifiedAt'] as const),
];

/** Connected keys, sealed: what is in here can't be read without ENCRYPTION_KEY. */
export const createSealedKeys = (db: Kysely<Database>): SealedKeys => ({
  get: async (technician) => {
    const row = await db
      .selectFrom('connected_keys')
      .select(COLUMNS)
      .where('technician', '=', technician)
      .executeTakeFirst();
    return row ?? null;
  },
  all: () => db.selectFrom('connected_keys').select(COLUMNS).orderBy('technician').execute(),
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
