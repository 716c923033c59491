import type { z } from 'zod';
import { nearest } from '../shared/match-word.ts';
import { looksLikeToken } from '../shared/token.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;
type Path = readonly PropertyKey[];

const place = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );

type Definition = { innerType?: unknown; shape?: Record<string, unknown>; element?: unknown; valueType?: unknown };

/** The keys that a schema knows at a place. */
const knownKeys = (schema: unknown, path: Path): readonly string[] => {
  const definition = (type: unknown): Definition | undefined => {
    const def = (type as { def?: Definition } | undefined)?.def;
    return def?.innerType ? definition(def.innerType) : def;
  };
  let at = schema;
  for (const part of path) {
    const def = definition(at);
    at = typeof part === 'number' ? def?.element : (def?.shape?.[String(part)] ?? def?.valueType);
  }
  return Object.keys(definition(at)?.shape ?? {});
};

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (a line with - for each)',
  record: 'a section (a line with name: value for each)',
};

/** Where it is to be found that is missing most often. */
const WHERE: Readonly<Record<string, string>> = {
  slack_user: 'in Slack: profile, ⋮, Copy member ID',
  syncro_user_id: "the number at the end of the user's address in Syncro",
  product_id: "the number at the end of the product's address in Syncro",
  subdomain: 'the first word of the address of your Syncro',
};

const oneOf = (values: readonly unknown[], given: unknown): string => {
  const near = typeof given === 'string' ? nearest(given, values.map(String)) : null;
  return `must be one of ${values.join(', ')}${near ? ` (did you mean ${near}?)` : ''}`;
};

/** What would be right, where the schema has no words of its own. */
export const wordsFor =
  (schema: unknown) =>
  (issue: RawIssue): string | undefined => {
    const { input, path = [] } = issue;
    switch (issue.code) {
      case 'invalid_type': {
        const where = WHERE[String(path.at(-1))];
        if (input === undefined) return where ? `is missing: ${where}` : 'is missing';
        if (issue.expected !== 'object') return `must be ${EXPECTED[issue.expected] ?? issue.expected}`;
        return `must be a section with ${knownKeys(schema, path).join(', ')}`;
      }
      case 'invalid_value':
        return oneOf(issue.values, input);
      case 'too_small':
        if (issue.origin !== 'number' && issue.origin !== 'int') return 'must not be empty';
        return issue.inclusive === false ? `must be more than ${issue.minimum}` : `must be ${issue.minimum} or more`;
      case 'too_big':
        if (issue.origin === 'number' || issue.origin === 'int') return `must be ${issue.maximum} or less`;
        return `must be ${issue.maximum} characters or fewer`;
      default:
        return undefined;
    }
  };

/** What stands there, as far as it may be shown: a key may have been put in the wrong place. */
const shown = (value: unknown): string | null => {
  if (value === null) return 'empty';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a section';
  if (typeof value !== 'string' || value.length > 60 || looksLikeToken(value) || /^x[a-z]{2,3}-/.test(value))
    return null;
  return JSON.stringify(value);
};

/**
 * One problem in words: the place, what would be right, what stands there.
 * @param isSecret places whose value is never shown
 */
export const explainIssue = (
  issue: Issue,
  { schema, name, isSecret }: { schema: unknown; name: string; isSecret: (path: Path) => boolean },
): readonly string[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const known = knownKeys(schema, issue.path);
      const near = nearest(key, known);
      const hint = near ? `did you mean ${near}?` : `known keys: ${known.join(', ')}`;
      return `${name}${place([...issue.path, key])} is not a setting; ${hint}`;
    });
  const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
  const words = inner?.message ?? issue.message;
  const found = isSecret(issue.path) || !words.startsWith('must') || inner ? null : shown(issue.input);
  return [`${name}${place(issue.path) || 'the file'} ${words}${found === null ? '' : `, not ${found}`}`];
};
