import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../shared/system.ts';

const text = (parts: readonly unknown[]): string =>
  parts
    .map((part) =>
      part instanceof Error ? part.message : typeof part === 'string' ? part : (JSON.stringify(part) ?? ''),
    )
    .join(' ');

/**
 * Where a line begins to quote what was sent or came back: what people wrote, or a key that somebody pasted. What Slack
 * says of a block it says as a whole; `readContentRefusal` knows what of it can be logged.
 */
const QUOTED = /^.*\[json-pointer:|[{[]|(?<=\b(?:body|result|message|payload)\b[^:]{0,20}: )/is;

const withoutPayload = (line: string): string => {
  const at = line.search(QUOTED);
  return at < 0 ? line : `${line.slice(0, at)}… (what people write is not logged)`;
};

/** Slack's packages log through our log, so that its scrubber sees their lines too; nothing of what they carry. */
export const boltLogger = (log: Log): Logger => ({
  debug: (...parts) => log.debug({ from: 'slack' }, withoutPayload(text(parts))),
  info: (...parts) => log.debug({ from: 'slack' }, withoutPayload(text(parts))),
  warn: (...parts) => log.warn({ from: 'slack' }, withoutPayload(text(parts))),
  error: (...parts) => log.error({ from: 'slack' }, withoutPayload(text(parts))),
  setLevel: () => undefined,
  getLevel: () => LogLevel.DEBUG,
  setName: () => undefined,
});
