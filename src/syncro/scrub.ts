/** Shorter strings are no keys, and replacing them would eat ordinary text. */
const SHORTEST_KEY = 6;

/**
 * Takes a key out of a text that came from outside, in every form in which it may have been echoed.
 * Syncro's `/me` returns the caller's token, and an error page may quote the URL that was asked.
 */
export const scrub = (text: string, secret: string): string => {
  if (secret.length < SHORTEST_KEY) return text;
  const forms = new Set([
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    JSON.stringify(secret).slice(1, -1),
    // Without the padding: it also finds the padded form.
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ]);
  let clean = text;
  for (const form of forms) clean = clean.replaceAll(form, '[key]');
  return clean;
};
