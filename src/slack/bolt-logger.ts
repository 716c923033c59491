import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../app/ports.ts';

const text = (parts: readonly unknown[]): string =>
  parts
    .map((part) =>
      part instanceof Error ? part.message : typeof part === 'string' ? part : (JSON.stringify(part) ?? ''),
    )
    .join(' ');

/** Lines that quote what Slack sent: a pasted key would be in them before anybody knows that it is one. */
const QUOTES_A_PAYLOAD = /^(Received a message on the WebSocket|Unable to parse an incoming WebSocket message|\{)/;

const withoutPayload = (line: string): string => {
  const [quoting] = QUOTES_A_PAYLOAD.exec(line) ?? [];
  return quoting === undefined ? line : `${quoting} … (what people send is not logged)`;
};

/** Slack's packages log through our log, so that its scrubber sees their lines too. */
export const boltLogger = (log: Log): Logger => ({
  debug: (...parts) => log.debug({ from: 'slack' }, withoutPayload(text(parts))),
  info: (...parts) => log.debug({ from: 'slack' }, text(parts)),
  warn: (...parts) => log.warn({ from: 'slack' }, text(parts)),
  error: (...parts) => log.error({ from: 'slack' }, text(parts)),
  setLevel: () => undefined,
  getLevel: () => LogLevel.DEBUG,
  setName: () => undefined,
});
