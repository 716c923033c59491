import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Log } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { BAD_TOKEN, slackErrorCode } from '../slack-failure.ts';
import { type Connection, connect, type Envelope, type Timing } from './connection.ts';

/** Why Slack gives no connection: a bare code, and words for the log and `/readyz`. */
type SocketProblem = { readonly code: string; readonly words: string };

const WORDS: Readonly<Record<string, string>> = {
  link_disabled: 'Socket Mode is switched off in the settings of the Slack app. Switch it on there; I keep trying.',
  too_many_websockets:
    'Slack allows 10 connections per app and all are taken. Stop other copies of the app; I keep trying.',
  ratelimited: 'Slack wants fewer connections to be opened; I keep trying.',
};

/** Somebody may put it right at Slack, so the token is tried all the same. */
const REFUSED: ReadonlySet<string> = new Set([
  ...BAD_TOKEN,
  'no_permission',
  'missing_scope',
  'user_removed_from_team',
  'team_disabled',
  'org_login_required',
  'access_denied',
  'forbidden_team',
]);

/** @param error of `apps.connections.open` or of the socket; its message may hold the address, so only codes go out */
const openProblem = (error: unknown): SocketProblem => {
  const limited = error instanceof WebAPIRateLimitedError ? 'ratelimited' : '';
  const said = limited || slackErrorCode(error) || (error instanceof Error ? error.message : '');
  const code = /^[a-z_]{3,40}$/.test(said) ? said : 'unreachable';
  if (REFUSED.has(code))
    return {
      code,
      words: `Slack refuses SLACK_APP_TOKEN (${code}). Copy it again from Basic Information, App-Level Tokens; I keep trying.`,
    };
  return { code, words: WORDS[code] ?? `Slack can't be reached by Socket Mode (${code}); I keep trying.` };
};

export type SlotTiming = Timing & {
  /** How long a connection that Slack wants replaced is kept beside its replacement. */
  readonly retireMs: number;
  readonly firstBackoffMs: number;
  readonly mostBackoffMs: number;
};

export const SLOT_TIMING: SlotTiming = {
  pingMs: 5_000,
  helloMs: 10_000,
  // Slack warns about 10 s ahead and uses the connection until then; it has been seen to leave it open after that.
  retireMs: 20_000,
  firstBackoffMs: 250,
  mostBackoffMs: 30_000,
};

/** Below this a connection that ended counts as a failed attempt: no fast loop against a Slack that closes at once. */
const SHORT_LIFE_MS = 10_000;
const REPLACED: ReadonlySet<string> = new Set(['warning', 'refresh_requested']);

type SlotDeps = {
  /** A single-use address. @throws what the Web API throws */
  readonly openUrl: () => Promise<string>;
  readonly take: (envelope: Envelope, through: Connection) => void;
  readonly timing: SlotTiming;
  readonly log: Log;
};

export type Slot = {
  /** Slack hands payloads to it now. */
  readonly isOpen: () => boolean;
  /** Why there is no connection, since when it could not be had; `null`: there is one, or it is just being opened. */
  readonly problem: () => SocketProblem | null;
  /** Resolves with the first hello or the first failure. */
  readonly tried: Promise<void>;
  /** Takes nothing new; resolves when its connections are closed. */
  readonly stop: () => Promise<void>;
};

/**
 * Keeps one connection open for good. Slack replaces each every hour or so and says it ahead: the new one is greeted
 * before the old one goes, and the old one goes on taking and acknowledging until then, so that nothing falls between.
 */
export const createSlot = ({ openUrl, take, timing, log }: SlotDeps): Slot => {
  const connections = new Set<Connection>();
  const stopped = Promise.withResolvers<void>();
  const tried = Promise.withResolvers<void>();
  const usable = new Set<Connection>();
  let problem: SocketProblem | null = null;
  let stopping = false;
  let failures = 0;
  /** Slack's own word, when it wants fewer attempts. */
  let askedToWaitMs = 0;

  const backoffMs = (): number => {
    if (failures === 0) return 0;
    const longest = Math.min(timing.mostBackoffMs, timing.firstBackoffMs * 2 ** (failures - 1));
    return Math.max(askedToWaitMs, longest * (0.5 + Math.random() / 2));
  };

  const failed = (error: unknown): void => {
    if (stopping) return;
    failures += 1;
    askedToWaitMs = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : 0;
    const next = openProblem(error);
    // Once per reason: an app that tries for a night must not fill the log.
    if (problem?.code !== next.code) log.error({ code: next.code, from: 'slack' }, next.words);
    problem = next;
  };

  const dial = async (): Promise<Connection> => {
    const url = await openUrl();
    if (stopping) throw new Error('stopping');
    const connection = connect(url, timing, take);
    connections.add(connection);
    void connection.closed.then(() => {
      connections.delete(connection);
      usable.delete(connection);
    });
    await connection.greeted;
    if (problem) log.warn({ from: 'slack' }, 'connected to Slack again');
    problem = null;
    usable.add(connection);
    return connection;
  };

  /** Resolves when the connection wants to be replaced. */
  const use = async (connection: Connection): Promise<void> => {
    const since = performance.now();
    const why = await Promise.race([connection.leaving, stopped.promise]);
    if (why === undefined) return;
    log.debug({ why, from: 'slack' }, 'a connection to Slack is replaced');
    if (REPLACED.has(why)) setTimeout(() => connection.close(), timing.retireMs).unref();
    else {
      connection.close();
      if (why !== 'closed') return failed(new Error(why));
    }
    failures = performance.now() - since < SHORT_LIFE_MS ? failures + 1 : 0;
  };

  const keep = async (): Promise<void> => {
    while (!stopping) {
      try {
        const connection = await dial();
        tried.resolve();
        await use(connection);
      } catch (error) {
        failed(error);
        tried.resolve();
      }
      if (!stopping) await within(backoffMs(), stopped.promise, () => undefined);
    }
  };
  const kept = keep();

  return {
    isOpen: () => usable.size > 0,
    problem: () => problem,
    tried: tried.promise,
    stop: async () => {
      stopping = true;
      stopped.resolve();
      for (const connection of connections) connection.close();
      await kept;
      for (const connection of connections) connection.close();
      await Promise.all([...connections].map(({ closed }) => closed));
    },
  };
};
