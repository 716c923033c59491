import type { Technician } from '../shared/technician.ts';
import type { Caller, Lane } from './ports.ts';

/** Under whose name something will stand in Syncro. */
export type Author = { readonly id: number; readonly name: string; readonly shared: boolean };

/** For what is answered with a message, which may wait for its turn at Syncro's limit. */
export const patient = (caller: Caller): Caller => ({ ...caller, patient: true });

export type Identity = {
  /** Somebody's key for reading: their own, else the shared one. @throws AppError no_key, wrong_key */
  reader(technician: Technician, lane?: Lane): Promise<Caller>;
  /**
   * The key to write with, checked with GET /me to be the technician's own.
   * @throws AppError no_key, wrong_key, key_refused, unreachable
   */
  writer(technician: Technician, lane: Lane): Promise<{ readonly caller: Caller; readonly author: Author }>;
  /** Whose name the key that they write with carried when it was last checked, however long ago; `null`: it never was. */
  known(technician: Technician): Promise<Author | null>;
  /** Asks Syncro now whose the technician's own key is. `null`: they have none. @throws as writer */
  verify(technician: Technician): Promise<Author | null>;
};
