import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import { isAppError } from './errors.ts';
import { currentRef } from './request-context.ts';
import { secretsOut } from './secret-text.ts';

/** Where lines go; what can't be written is dropped, because a log must not end what it tells of. */
type LogOutput = { readonly write: (line: string) => void };

let dropped = 0;

/** Lines that this process could not write: a full disk, a closed pipe. */
export const droppedLines = (): number => dropped;

type Write = (bytes: Uint8Array) => number;

const toStdout = (): Write => {
  // A pipe blocks until Node's stream has taken it: a reader who stands still would hold the whole process for ever.
  const { fd } = process.stdout;
  return (bytes) => writeSync(fd, bytes);
};

/**
 * Writes at once and to its end, or not. Node's own `process.stdout` ends the process with an error that nobody asked
 * for, and writes nothing more after the first that failed.
 */
export const createLogOutput = (write: Write = toStdout()): LogOutput => {
  /** Since the last line that could be written. */
  let lost = 0;
  /** A line that was written in part only has no end. */
  let isTorn = false;

  const tryToWrite = (line: string): boolean => {
    let rest: Uint8Array = Buffer.from(isTorn ? `\n${line}` : line);
    const { length } = rest;
    try {
      while (rest.length > 0) rest = rest.subarray(write(rest));
      isTorn = false;
      return true;
    } catch {
      isTorn ||= rest.length < length;
      return false;
    }
  };

  return {
    write: (line) => {
      const told =
        lost > 0
          ? `${JSON.stringify({ level: 40, severity: 'warn', time: new Date().toISOString(), dropped: lost, msg: 'lines of the log were dropped' })}\n`
          : '';
      if (tryToWrite(told + line)) {
        lost = 0;
        return;
      }
      lost += 1;
      dropped += 1;
    },
  };
};

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
