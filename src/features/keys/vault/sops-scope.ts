import { SopsError } from './sops-error.ts';
import type { SopsMetadata } from './sops-file.ts';

/** sops uses it when a file names no rule. */
const DEFAULT_SUFFIX = '_unencrypted';

const pattern = (source: string): RegExp => {
  try {
    return new RegExp(source);
  } catch {
    throw new SopsError('its regular expression is one that only the sops program reads');
  }
};

/** Which values of a file must be encrypted, by their path. A wrong guess is harmless: the MAC would not fit. */
export const encryptedAt = (metadata: SopsMetadata): ((path: readonly string[]) => boolean) => {
  const { unencrypted_suffix, encrypted_suffix, unencrypted_regex, encrypted_regex } = metadata;
  if (encrypted_suffix !== undefined) return (path) => path.some((part) => part.endsWith(encrypted_suffix));
  if (encrypted_regex !== undefined) {
    const expression = pattern(encrypted_regex);
    return (path) => path.some((part) => expression.test(part));
  }
  if (unencrypted_regex !== undefined) {
    const expression = pattern(unencrypted_regex);
    return (path) => !path.some((part) => expression.test(part));
  }
  const suffix = unencrypted_suffix ?? DEFAULT_SUFFIX;
  return (path) => !path.some((part) => part.endsWith(suffix));
};
