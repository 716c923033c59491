import { WebAPIRateLimitedError } from '@slack/web-api';
import type { Log } from '../../shared/system.ts';
import { within } from '../../shared/within.ts';
import { type Connection, connect, type Envelope, type Timing } from './connection.ts';
import { openProblem, type SocketProblem } from './problem.ts';

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
