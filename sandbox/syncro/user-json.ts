import type { UserRow } from './rows.ts';

/** A user as tickets, comments and `GET /users/{id}` show it. */
export const userJson = (row: UserRow): object => ({
  id: row.id,
  email: row.email,
  full_name: row.full_name,
  created_at: row.created_at,
  updated_at: row.created_at,
  group: row.group,
  admin: row.admin,
  color: row.color,
});
