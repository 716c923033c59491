export type Role = 'technician' | 'biller' | 'admin';

/** Somebody who may use the app. */
export type Technician = {
  readonly slackUser: string;
  readonly name: string;
  readonly syncroUserId: number;
  readonly role: Role;
};

type Named = { readonly id: number; readonly name: string };

/** Whose ticket it is: the detail may leave the name out, then the account's list has it. `null`: nobody's. */
export const assigneeName = (
  ticket: { readonly technicianId: number | null; readonly technicianName: string | null },
  technicians: readonly Named[],
): string | null => {
  const { technicianId: id, technicianName } = ticket;
  if (id === null) return null;
  return technicianName ?? (technicians.find((one) => one.id === id)?.name || `Syncro user ${id}`);
};
