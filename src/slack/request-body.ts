/** Slack's own payloads are a dozen deep; what walks through them must not run out of stack. */
const MOST_DEPTH = 100;

/** How deep brackets are nested outside of strings, without parsing. */
const isTooDeep = (json: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MOST_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

const problemOfJson = (json: string): string | null => {
  if (isTooDeep(json)) return 'nested too deeply';
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'not an object';
  } catch {
    return 'not JSON';
  }
};

/** What is wrong with a body that nobody but Slack can have signed; `null`: it is what Slack sends. */
export const problemOfBody = (body: string, contentType: string): string | null => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return problemOfJson(body);
  const payload = new URLSearchParams(body).get('payload');
  return payload === null ? null : problemOfJson(payload);
};
