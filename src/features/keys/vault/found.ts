import type { Technician } from '../../../shared/technician.ts';
import type { ApiKey } from '../../../syncro/ports.ts';
import type { KeyStatus } from '../ports.ts';

/** What one place gave. */
export type Found =
  | { readonly key: ApiKey; readonly status: Omit<KeyStatus, 'problems'> }
  /** `problem`: there should be one; a sentence without a secret. */
  | { readonly key: null; readonly problem: string | null };

/** A place where a technician's own key may be. */
export type Source = (technician: Technician) => Promise<Found>;

export const nothing: Found = { key: null, problem: null };

export const noKeyBecause = (problem: string): Found => ({ key: null, problem });

export const toKey = (secret: string): ApiKey => ({ reveal: () => secret });

/** Where every key goes that was read, so that the log can blank it out. */
export type Secrets = { add(secret: string): unknown };
