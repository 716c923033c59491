import { Gauge, type Registry } from 'prom-client';
import type { Storage } from '../database/backup/storage.ts';
import type { Lane } from '../syncro/ports.ts';

/** What the database says about all copies of the app together. */
export type Standing = {
  /** Unfinished runs by state, with the creation of the oldest. */
  readonly runs: ReadonlyArray<{ readonly state: string; readonly count: number; readonly oldestAt: number }>;
  /** Requests to Syncro in the last minute. */
  readonly requestsInWindow: number;
  /** Until when Syncro wants none; `null`: it takes them. */
  readonly pausedUntil: number | null;
  /** When the digest was due that is due longest and not posted; `null`: none. */
  readonly oldestDueDigest: number | null;
};

export interface Standings {
  read(now: number): Promise<Standing>;
}

const PREFIX = 'syncro_slack_';
const SHARED = 'From the database: the same in every copy, so don’t add them up.';
const STATES = ['open', 'asking'] as const;

/** How things are in this process at the moment of a scrape. */
export type Now = {
  readonly accepting: boolean;
  readonly queued: Readonly<Record<Lane, number>>;
  /** Milliseconds since when Syncro has not answered this process; 0: it answers. */
  readonly syncroDownMs: number;
  /** Milliseconds since Slack last handed this process something, or since it began. */
  readonly slackSilentMs: number;
  /** `null`: HTTP mode, in which there are none. */
  readonly sockets: { readonly open: number; readonly wanted: number } | null;
};

const secondsSince = (now: number, at: number | null): number => (at === null ? 0 : Math.max(0, now - at) / 1_000);

/** What runs here. */
export type Build = Readonly<Record<'version' | 'node' | 'database' | 'mode', string>>;

/** What is true at the moment of a scrape. @param limit requests a minute that the app allows itself */
export const createGauges = (registry: Registry, limit: number, build: Build) => {
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name: `${PREFIX}${name}`, help, labelNames, registers: [registry] });

  gauge('build_info', '1: this version runs, on this Node, over this engine, in this mode.', [
    'version',
    'node',
    'database',
    'mode',
  ]).set(build, 1);
  const accepting = gauge('accepting', '1 while the process takes new work, 0 while it stops.');
  const queue = gauge('limiter_queue', 'Requests of this process that wait for the budget, by lane.', ['lane']);
  const down = gauge('syncro_down_seconds', 'Since when Syncro has not answered this process; 0: it answers.');
  const silent = gauge('slack_silent_seconds', 'Since when Slack has handed this process nothing, or since it began.');
  const backup = gauge('last_backup_timestamp_seconds', 'When the last backup was made; 0: none yet. SQLite only.');
  const free = gauge('disk_free_bytes', 'Room for the app on the disk of its SQLite file. SQLite only.');
  const size = gauge('disk_size_bytes', 'Size of the disk of the SQLite file. SQLite only.');
  const sockets = gauge('socket_connections', 'Connections of Socket Mode that are open in this process.');
  const wanted = gauge(
    'socket_connections_wanted',
    'Connections of Socket Mode that this process keeps; HTTP mode: 0.',
  );
  const database = gauge('database_up', '1 when the database answered this scrape.');
  const budget = gauge('budget_limit', 'Requests to Syncro a minute that all copies together allow themselves.');
  const left = gauge('budget_left', `Requests to Syncro that are left of the last minute’s budget. ${SHARED}`);
  const pause = gauge('syncro_pause_seconds', `How long Syncro still wants no requests (429). ${SHARED}`);
  const runs = gauge(
    'runs',
    `Unfinished runs: open ones go on by themselves, asking ones wait for a person. ${SHARED}`,
    ['state'],
  );
  const oldest = gauge('runs_oldest_seconds', `Age of the oldest unfinished run by state; 0: none. ${SHARED}`, [
    'state',
  ]);
  const overdue = gauge('digest_overdue_seconds', `How long a digest is due and not posted; 0: none. ${SHARED}`);
  budget.set(limit);

  return {
    ofProcess: (now: Now): void => {
      accepting.set(now.accepting ? 1 : 0);
      for (const [lane, waiting] of Object.entries(now.queued)) queue.set({ lane }, waiting);
      down.set(now.syncroDownMs / 1_000);
      silent.set(Math.max(0, now.slackSilentMs) / 1_000);
      sockets.set(now.sockets?.open ?? 0);
      wanted.set(now.sockets?.wanted ?? 0);
    },
    /** @param storage `null`: there is no file, or its disk does not answer */
    ofStorage: (storage: Storage | null): void => {
      if (!storage) {
        for (const each of [backup, free, size]) each.remove();
        return;
      }
      backup.set((storage.lastBackupAt ?? 0) / 1_000);
      free.set(storage.freeBytes);
      size.set(storage.sizeBytes);
    },
    /** @param standing `null`: the database did not answer; old numbers are not shown as if they were new */
    ofDatabase: (standing: Standing | null, now: number): void => {
      database.set(standing ? 1 : 0);
      if (!standing) {
        for (const each of [left, pause, runs, oldest, overdue]) each.reset();
        for (const each of [left, pause, overdue]) each.remove();
        return;
      }
      left.set(Math.max(0, limit - standing.requestsInWindow));
      pause.set(Math.max(0, (standing.pausedUntil ?? now) - now) / 1_000);
      overdue.set(secondsSince(now, standing.oldestDueDigest));
      for (const state of STATES) {
        const row = standing.runs.find((each) => each.state === state);
        runs.set({ state }, row?.count ?? 0);
        oldest.set({ state }, secondsSince(now, row?.oldestAt ?? null));
      }
    },
  };
};
