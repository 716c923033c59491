import { createLog } from '../src/shared/log.ts';

/** The app's own log, and which references its lines with this message carry. */
export const aLogOfRefs = () => {
  const lines: Array<{ readonly msg: string; readonly ref?: string }> = [];
  const log = createLog('debug', [], { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, refs: (message: string) => lines.filter(({ msg }) => msg === message).map(({ ref }) => ref) };
};
