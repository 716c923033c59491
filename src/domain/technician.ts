export type Role = 'technician' | 'biller' | 'admin';

/** Somebody who may use the app. */
export type Technician = {
  readonly slackUser: string;
  readonly name: string;
  readonly syncroUserId: number;
  readonly role: Role;
};
