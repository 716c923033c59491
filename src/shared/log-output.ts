import { writeSync } from 'node:fs';

/** Where lines go; what can't be written is dropped, because a log must not end what it tells of. */
export type LogOutput = { readonly write: (line: string) => void };

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
