/** What a key may be made of, hexadecimal: any letter, digit or sign. */
const OF_KEYS = '2[1-9a-f]|[3-6][0-9a-f]|7[0-9a-e]';
/** As JSON, a URL or HTML may write it, once or within one another. */
const ESCAPED = new RegExp(
  String.raw`\\{1,4}u00(${OF_KEYS})|%(?:25){0,2}(${OF_KEYS})|&(?:amp;)?#x0{0,4}(${OF_KEYS});|&(?:amp;)?#0{0,4}(\d{2,3});`,
  'gi',
);

const unescaped = (text: string): string =>
  text.replace(ESCAPED, (whole: string, ...[inJson, inUrl, inHtml, decimal]: (string | undefined)[]) => {
    const hex = inJson ?? inUrl ?? inHtml;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code < 128 ? String.fromCharCode(code) : whole;
  });

const anyForm = (char: string): string => {
  const code = char.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  const escapes = String.raw`\\{1,4}u00${hex}|%(?:25){0,2}${hex}|&(?:amp;)?#x0{0,4}${hex};|&(?:amp;)?#0{0,4}${code};`;
  return `(?:${String.raw`\u${code.toString(16).padStart(4, '0')}`}|${escapes})`;
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

type Known = { readonly forms: readonly string[]; readonly escaped: RegExp };

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
  const known = new Map<string, Known>();
  const knownOf = (secret: string): Known => {
    const found = known.get(secret) ?? {
      forms: formsOf(secret),
      escaped: new RegExp(secret.split('').map(anyForm).join(''), 'gi'),
    };
    known.set(secret, found);
    return found;
  };
  return (text) => {
    let clean = text;
    let plain: string | null = null;
    for (const secret of secrets) {
      if (secret.length < shortest) continue;
      const { forms, escaped } = knownOf(secret);
      for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, instead);
      plain ??= unescaped(text);
      if (plain !== text && plain.includes(secret)) clean = clean.replace(escaped, instead);
    }
    return clean;
  };
};
