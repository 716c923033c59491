import { type DestinationStream, type Logger, pino } from 'pino';
import { isAppError } from './errors.ts';
import { createLogOutput } from './log-output.ts';
import { currentRef } from './request-context.ts';
import { secretsOut } from './secret-text.ts';

/** What looks like a key or token wherever it stands, besides the secrets known by value. */
const TOKENS = [/(api_key=)[^&\s"\\]+/gi, /(Bearer\s+)[^\s"\\]+/gi, /\b(xox[a-z]|xapp)-[A-Za-z0-9-]+/g];

/** Short values would blank out innocent words. */
const SHORTEST_SECRET = 8;

const scrubber = (secrets: Iterable<string>) => {
  const clean = secretsOut(secrets, { shortest: SHORTEST_SECRET, instead: '[secret]' });
  return (line: string): string =>
    TOKENS.reduce(
      (text, pattern) =>
        text.replace(pattern, (whole: string, lead: string) =>
          whole.startsWith('xo') || whole.startsWith('xapp') ? `${lead}-[secret]` : `${lead}[secret]`,
        ),
      clean(line),
    );
};

/** Allow-list: an error's own fields may hold requests, and those hold keys. */
const serializeError = (error: unknown): unknown => {
  if (isAppError(error)) return { code: error.code, message: error.message, status: error.status, stack: error.stack };
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { message: String(error) };
};

/**
 * Logs as JSON lines. Every line passes a last scrubber, because one forgotten field is enough to leak a key.
 * @param secrets values that must never be written; looked at for each line, so what is added later counts too
 */
export const createLog = (
  level: string,
  secrets: Iterable<string>,
  destination: DestinationStream = createLogOutput(),
): Logger => {
  const scrub = scrubber(secrets);
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Pino makes each of them once, not for each line.
      formatters: { level: (severity, level) => ({ level, severity }) },
      // What a line says itself wins: a request may tell of another run's reference.
      mixin: () => {
        const ref = currentRef();
        return ref === undefined ? {} : { ref };
      },
      serializers: { err: serializeError, error: serializeError },
    },
    {
      write: (line: string) => {
        destination.write(scrub(line));
      },
    },
  );
};
