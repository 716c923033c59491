import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { SopsError } from './sops-error.ts';

const rule = z.string().min(1).optional();
const groups = z.array(z.unknown()).nullish();

const metadataSchema = z.looseObject({
  age: z.array(z.looseObject({ enc: z.string() })).nullish(),
  lastmodified: z.string().min(1),
  mac: z.string().min(1),
  mac_only_encrypted: z.boolean().nullish(),
  unencrypted_suffix: rule,
  encrypted_suffix: rule,
  unencrypted_regex: rule,
  encrypted_regex: rule,
  unencrypted_comment_regex: rule,
  encrypted_comment_regex: rule,
  key_groups: groups,
});

export type SopsMetadata = z.infer<typeof metadataSchema>;

/** A document as it stands, in its own order. */
export type Tree = ReadonlyMap<string, unknown>;

const refuseUnknown = (metadata: SopsMetadata): void => {
  // What is not understood must not be half understood: the sops program takes these.
  if (metadata.mac_only_encrypted) throw new SopsError('it uses mac_only_encrypted, which only the sops program reads');
  if ((metadata.key_groups ?? []).length > 0)
    throw new SopsError('it uses key groups, which only the sops program reads');
  if (metadata.unencrypted_comment_regex ?? metadata.encrypted_comment_regex)
    throw new SopsError('it uses rules in comments, which only the sops program reads');
};

/** The package compares each name with every other one of its map. */
const hasNameTwice = (document: Document.Parsed): boolean => {
  let isTwice = false;
  visit(document, {
    Map: (_, { items }) => {
      isTwice = new Set(items.map(({ key }) => (isScalar(key) ? key.value : key))).size < items.length;
      return isTwice ? visit.BREAK : undefined;
    },
  });
  return isTwice;
};

/** @throws SopsError */
export const parseSopsFile = (text: string): { readonly tree: Tree; readonly metadata: SopsMetadata } => {
  const document = parseDocument(text, { intAsBigInt: true, uniqueKeys: false });
  if (document.errors.length > 0 || hasNameTwice(document)) throw new SopsError('it is not one readable YAML document');
  // Maps keep the order of the document, which the MAC depends on; a plain object sorts number-like names first.
  const all: unknown = document.toJS({ mapAsMap: true });
  if (!(all instanceof Map)) throw new SopsError('it is not one readable YAML document');
  if (!all.has('sops')) throw new SopsError('it is not encrypted by sops');
  const parsed = z.looseObject({ sops: metadataSchema }).safeParse(document.toJS());
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path }) => path.join('.'));
    throw new SopsError(`its sops section is incomplete (${places.join(', ')})`);
  }
  refuseUnknown(parsed.data.sops);
  const tree = new Map([...all].filter(([name]) => name !== 'sops').map(([name, value]) => [String(name), value]));
  return { tree, metadata: parsed.data.sops };
};
