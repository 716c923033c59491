import type { Run } from '../../runs/rules/run.ts';
import type { Technician } from '../../shared/technician.ts';
import type { ApiKey, KeySource } from '../../syncro/ports.ts';

/** Where a technician's own key comes from. */
type KeyOrigin = 'slack' | 'vault' | 'environment';

/** What can be said about a technician's own key without the key. */
export type KeyStatus = {
  /** `null`: there is none. */
  readonly origin: KeyOrigin | null;
  /** When it was connected in Slack. */
  readonly connectedAt: number | null;
  /** When Syncro last said that it is theirs. */
  readonly verifiedAt: number | null;
  /** Places where a key should be and that give none, each a sentence without a secret. */
  readonly problems: readonly string[];
};

export interface Keys extends KeySource {
  /** Why the settings' shared key can't be had, a sentence without a secret; `null`: it can, or they name none. */
  sharedProblem(): Promise<string | null>;
  status(technician: Technician): Promise<KeyStatus>;
  /** Syncro just said that the technician's key is theirs. */
  verified(technician: Technician, at: number): Promise<void>;
}

/** Keys that technicians connect in Slack; they are stored encrypted. */
export interface ConnectedKeys {
  /** False: there is nothing to encrypt them with (ENCRYPTION_KEY), so none is stored. */
  readonly available: boolean;
  store(technician: Technician, key: ApiKey, at: number): Promise<void>;
  /** False: there was none. @param slackUser also of somebody who is no technician any more */
  remove(slackUser: string): Promise<boolean>;
}

/** A connected key as the database has it. */
export type SealedKey = {
  /** The technician's Slack id. */
  readonly technician: string;
  /** The workspace that they belong to. */
  readonly team: string;
  readonly sealed: string;
  /** Names the encryption key that it was sealed with. */
  readonly keyId: string;
  readonly syncroUserId: number;
  readonly connectedAt: number;
  readonly verifiedAt: number;
};

export interface SealedKeys {
  get(technician: string): Promise<SealedKey | null>;
  all(): Promise<readonly SealedKey[]>;
  put(row: SealedKey): Promise<void>;
  /** Puts the same key, sealed anew, in its place. False: it was connected anew or removed meanwhile. */
  reseal(before: SealedKey, sealed: string, keyId: string): Promise<boolean>;
  verified(technician: string, at: number): Promise<void>;
  /** False: there was none. */
  remove(technician: string): Promise<boolean>;
}

/** What is known to be wrong with keys, for all copies: a key that is somebody else's is nobody's, and told once. */
export interface KeyTroubles {
  /**
   * @param about a technician's Slack id, or a word for the shared key
   * @param mismatch that it is somebody else's, in words; `null`: it is refused
   * @returns true: nobody had noted it of this key
   */
  note(about: string, key: ApiKey, mismatch: string | null): Promise<boolean>;
  /** Words for whose this key is instead; `null`: nothing is known against it. */
  mismatchOf(about: string, key: ApiKey): Promise<string | null>;
  /** It works, or it could not be told: what is noted next is news. */
  clear(about: string): Promise<void>;
}

/** What happened to a key while nobody was looking. */
export type KeyEvent =
  | { readonly kind: 'refused' }
  | { readonly kind: 'shared_refused' }
  | { readonly kind: 'mismatch'; readonly technician: Technician; readonly message: string }
  | { readonly kind: 'disconnected'; readonly by: string }
  /** For admins: nothing more of it goes out under this technician's key. */
  | { readonly kind: 'run_stopped'; readonly run: Run };

/** Tells somebody in a direct message. */
export interface Announcer {
  tell(slackUser: string, event: KeyEvent): Promise<void>;
}
