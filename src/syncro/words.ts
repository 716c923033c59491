import { z } from 'zod';

const LONGEST = 500;
/** The title of a page stands at its beginning. */
const PAGE_READ = 20_000;
/** Whoever answers with more does not say why; Rails' words are some hundred characters. */
const MOST_READ = 100_000;
/** A map of lists is two deep; what walks deeper runs out of stack. */
const MOST_DEPTH = 5;

const strings = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (typeof value !== 'object' || value === null || depth === MOST_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((inner) => strings(inner, depth + 1));
  return Object.entries(value).flatMap(([field, inner]) =>
    strings(inner, depth + 1).map((text) => `${field}: ${text}`),
  );
};

/** Error bodies are not uniform: `error`, `message` or `errors`, each a string, a list or a map. */
const errorWire = z.object({ error: z.unknown(), message: z.unknown(), errors: z.unknown() }).partial();

const titleOf = (html: string): string => {
  const head = html.slice(0, PAGE_READ);
  // Nothing in them goes past the next tag, so that each place is read once.
  const title =
    /<title(?:\s[^<>]*)?>([^<]*)<\/title>/i.exec(head)?.[1] ?? /<h1(?:\s[^<>]*)?>([^<]*)<\/h1>/i.exec(head)?.[1] ?? '';
  return title.replace(/\s+/g, ' ').trim();
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What Syncro said about a refusal, in its own words, or `''` when it said nothing readable. */
export const wordsOf = (text: string): string => {
  const trimmed = text.slice(0, MOST_READ).trim();
  const json = parsed(trimmed);
  if (json === undefined) {
    // Half of a JSON text is no words.
    if (/^[[{]/.test(trimmed)) return '';
    // A proxy's or Rails' page: its title says as much as a person can use.
    return (trimmed.startsWith('<') ? titleOf(trimmed) : trimmed).slice(0, LONGEST);
  }
  if (typeof json === 'string') return json.slice(0, LONGEST);
  const body = errorWire.safeParse(json);
  if (!body.success) return '';
  const { error, message, errors } = body.data;
  const said = [...strings(error), ...strings(message), ...strings(errors)];
  return [...new Set(said)].join('; ').slice(0, LONGEST);
};
