import type { CarryOn } from '../../../slack/carry-on.ts';
import type { KeyUses } from '../key-uses.ts';

export type KeysUse = {
  readonly keys: KeyUses;
  /** Goes on with the command that was interrupted for want of a key. */
  readonly carryOn: CarryOn;
};
