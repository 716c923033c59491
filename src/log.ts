import { type DestinationStream, type Logger, pino } from 'pino';
import { isAppError } from './errors.ts';

/** What looks like a key or token wherever it stands, besides the secrets known by value. */
const TOKENS = [/(api_key=)[^&\s"\\]+/gi, /(Bearer\s+)[^\s"\\]+/gi, /\b(xox[a-z]|xapp)-[A-Za-z0-9-]+/g];

const scrubber = (secrets: readonly string[]) => {
  // Short values would blank out innocent words.
  const known = secrets
    .filter((secret) => secret.length >= 8)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
  return (line: string): string => {
    let clean = line;
    for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
    for (const pattern of TOKENS)
      clean = clean.replace(pattern, (whole: string, lead: string) =>
        whole.startsWith('xo') || whole.startsWith('xapp') ? `${lead}-[secret]` : `${lead}[secret]`,
      );
    return clean;
  };
};

/** Allow-list: an error's own fields may hold requests, and those hold keys. */
const serializeError = (error: unknown): unknown => {
  if (isAppError(error)) return { code: error.code, message: error.message, status: error.status, stack: error.stack };
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { message: String(error) };
};

/**
 * Logs as JSON lines. Every line passes a last scrubber, because one forgotten field is enough to leak a key.
 * @param secrets values that must never be written
 */
export const createLog = (
  level: string,
  secrets: readonly string[],
  destination: DestinationStream = process.stdout,
): Logger => {
  const scrub = scrubber(secrets);
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError, error: serializeError },
    },
    {
      write: (line: string) => {
        destination.write(scrub(line));
      },
    },
  );
};
