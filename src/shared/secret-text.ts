/** What a key may be made of, hexadecimal: any letter, digit or sign. */
const OF_KEYS = '2[1-9a-f]|[3-6][0-9a-f]|7[0-9a-e]';
/** As JSON, a URL or HTML may write it, once or within one another. */
const ESCAPED = new RegExp(
  String.raw`\\{1,4}u00(${OF_KEYS})|%(?:25){0,2}(${OF_KEYS})|&(?:amp;)?#x0{0,4}(${OF_KEYS});|&(?:amp;)?#0{0,4}(\d{2,3});`,
  'gi',
);

const ESCAPED_HERE = new RegExp(ESCAPED, 'iy');
const BEGINS_ESCAPE = new Set(['\\', '%', '&'].map((char) => char.charCodeAt(0)));

const escapeAt = (text: string, at: number): { readonly code: number; readonly width: number } | null => {
  ESCAPED_HERE.lastIndex = at;
  const found = ESCAPED_HERE.exec(text);
  if (!found) return null;
  const [{ length }, inJson, inUrl, inHtml, decimal] = found;
  const hex = inJson ?? inUrl ?? inHtml;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code < 128 ? { code, width: length } : null;
};

/** A text without its escapes, and how long each of its characters was with them. */
type Plain = { readonly plain: string; readonly widths: Uint8Array };

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** In one pass: answers have megabytes, and whoever writes comments decides how many escapes. `null`: there are none. */
const unescaped = (text: string): Plain | null => {
  if (text.search(ESCAPED) < 0) return null;
  const codes = new Uint16Array(text.length);
  const widths = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; length++) {
    const char = text.charCodeAt(at);
    const { code, width } = (BEGINS_ESCAPE.has(char) && escapeAt(text, at)) || { code: char, width: 1 };
    codes[length] = code;
    widths[length] = width;
    at += width;
  }
  return { plain: utf16.decode(codes.subarray(0, length)), widths };
};

type Place = { readonly from: number; readonly to: number };

const placesOf = (secret: string, plain: string): readonly Place[] => {
  const places: Place[] = [];
  for (let from = plain.indexOf(secret); from >= 0; from = plain.indexOf(secret, from + secret.length))
    places.push({ from, to: from + secret.length });
  return places;
};

/** @param places in the plain text; two that overlap are one */
const replaced = (text: string, { widths }: Plain, places: readonly Place[], instead: string): string => {
  let clean = '';
  let [index, at, kept] = [0, 0, 0];
  const goTo = (next: number): number => {
    for (; index < next; index++) at += widths[index] ?? 1;
    return at;
  };
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from)) {
    if (from >= index) clean += text.slice(kept, goTo(from)) + instead;
    kept = goTo(to);
  }
  return clean + text.slice(kept);
};

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** How a whole value may be written down. */
const formsOf = (secret: string): readonly string[] => {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const inBase64 = base64(secret);
  const forms = [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    quoted,
    JSON.stringify(quoted).slice(1, -1),
    // Without the padding: it also finds the padded form.
    inBase64.replace(/=+$/, ''),
    inBase64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  ];
  return [...new Set(forms)];
};

/**
 * Takes secrets out of texts, in every form in which one may have been echoed: an error page quotes the URL that was
 * asked, JSON may escape any letter.
 * @param secrets looked at for each text, so what is added later counts too
 * @param options.shortest how long a secret is at least: to take out less would eat ordinary words
 */
export const secretsOut = (
  secrets: Iterable<string>,
  { shortest, instead }: { readonly shortest: number; readonly instead: string },
): ((text: string) => string) => {
  const known = new Map<string, readonly string[]>();
  const knownForms = (secret: string): readonly string[] => {
    const forms = known.get(secret) ?? formsOf(secret);
    known.set(secret, forms);
    return forms;
  };
  return (text) => {
    const all = [...new Set(secrets)].filter(({ length }) => length >= shortest);
    const found = unescaped(text);
    const places = found ? all.flatMap((secret) => placesOf(secret, found.plain)) : [];
    let clean = found && places.length > 0 ? replaced(text, found, places, instead) : text;
    for (const form of all.flatMap(knownForms)) if (clean.includes(form)) clean = clean.replaceAll(form, instead);
    return clean;
  };
};
