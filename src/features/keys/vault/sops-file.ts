import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { UnfitFile } from './ordinary-file.ts';

const rule = z.string().min(1).optional();

const encryptedFile = z.object({
  sops: z.object({
    age: z.array(z.object({ enc: z.string() })).nullish(),
    lastmodified: z.string().min(1),
    mac: z.string().min(1),
    mac_only_encrypted: z.boolean().nullish(),
    unencrypted_suffix: rule,
    encrypted_suffix: rule,
    unencrypted_regex: rule,
    encrypted_regex: rule,
    unencrypted_comment_regex: rule,
    encrypted_comment_regex: rule,
    key_groups: z.array(z.unknown()).nullish(),
  }),
});

export type SopsMetadata = z.infer<typeof encryptedFile>['sops'];

/** What is not understood must not be half understood: the sops program takes these. */
const notUnderstood = (metadata: SopsMetadata): string | null => {
  if (metadata.mac_only_encrypted) return 'mac_only_encrypted';
  if (metadata.key_groups?.length) return 'key groups';
  return (metadata.unencrypted_comment_regex ?? metadata.encrypted_comment_regex) ? 'rules in comments' : null;
};

/** The package compares each name with every other one of its map. */
const hasNameTwice = (document: Document.Parsed): boolean => {
  let isTwice = false;
  visit(document, {
    Map: (_, { items }) => {
      isTwice ||= new Set(items.map(({ key }) => (isScalar(key) ? key.value : key))).size < items.length;
    },
  });
  return isTwice;
};

type SopsFile = { readonly tree: ReadonlyMap<unknown, unknown>; readonly metadata: SopsMetadata };

/** What sops encrypted, as it stands and in its own order, and how. @throws UnfitFile */
export const parseSopsFile = (text: string): SopsFile => {
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: false });
  const isReadable = document.errors.length === 0 && !hasNameTwice(document);
  // Maps keep the order of the document, which the MAC depends on; a plain object sorts number-like names first.
  const tree: unknown = isReadable ? document.toJS({ mapAsMap: true }) : null;
  if (!(tree instanceof Map)) throw new UnfitFile('it is not one readable YAML document');
  if (!tree.delete('sops')) throw new UnfitFile('it is not encrypted by sops');
  const parsed = encryptedFile.safeParse(document.toJS());
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.'));
    throw new UnfitFile(`its sops section is incomplete (${places.join(', ')})`);
  }
  const metadata = parsed.data.sops;
  const missed = notUnderstood(metadata);
  if (missed) throw new UnfitFile(`it uses ${missed}, which only the sops program reads`);
  return { tree, metadata };
};

/** Which values of a file must be encrypted, by their path. A wrong guess is harmless: the MAC would not fit. */
export const encryptedAt = (metadata: SopsMetadata): ((path: readonly string[]) => boolean) => {
  // What sops takes when a file names no rule.
  const { encrypted_suffix, encrypted_regex, unencrypted_regex, unencrypted_suffix = '_unencrypted' } = metadata;
  const byName = (fits: (name: string) => boolean, encrypted: boolean) => (path: readonly string[]) =>
    path.some((name) => fits(name)) === encrypted;
  if (encrypted_suffix !== undefined) return byName((name) => name.endsWith(encrypted_suffix), true);
  const source = encrypted_regex ?? unencrypted_regex;
  if (source === undefined) return byName((name) => name.endsWith(unencrypted_suffix), false);
  try {
    const expression = new RegExp(source);
    return byName((name) => expression.test(name), encrypted_regex !== undefined);
  } catch {
    throw new UnfitFile('its regular expression is one that only the sops program reads');
  }
};
