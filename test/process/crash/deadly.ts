import { writeFileSync } from 'node:fs';
import type { DangerousPorts } from '../../../src/app/layers.ts';
import type { Lease } from '../../../src/runs/ports.ts';
import { currentIndex, currentStep, type Run } from '../../../src/runs/rules/run.ts';
import type { PreparedWrite } from '../../../src/syncro/ports.ts';

/** Where in a step the process is struck. */
export type Instant =
  /** The socket is open, the intent is not committed. */
  | 'before-intent'
  /** The intent is committed, nothing else has happened. */
  | 'after-intent'
  /** The lease was read and found good; the request is not sent. */
  | 'after-check'
  /** The last moment before the request. */
  | 'before-send'
  /** The request is on its way, nobody knows how far. */
  | 'while-sending'
  /** The answer is read, the outcome is not saved. */
  | 'before-record'
  | 'after-record'
  /** A question to the person is saved, the run is not given back. */
  | 'after-question';

export type Strike = {
  /** `line_item:before-send` */
  readonly at: string | undefined;
  /** SIGKILL, or SIGSTOP for a process that falls asleep. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Whoever makes this file is struck; the others, and the next start, live. */
  readonly marker: string | undefined;
  /** How long a lease lasts; the app's own length when absent. */
  readonly leaseMs: number | undefined;
};

/** The first to come here; a file, because two processes may come here at the same time. */
const isFirst = (marker: string | undefined): boolean => {
  if (marker === undefined) return true;
  try {
    writeFileSync(marker, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
};

const currentKind = (run: Run): string => currentStep(run)?.action.kind ?? '';

/** Puts a blow of the operating system into the ports around a write. */
export const deadly =
  ({ at, signal, marker, leaseMs }: Strike) =>
  ({ runs, writes, digestPosts, notified, toldReplies }: DangerousPorts): DangerousPorts => {
    const indexBefore = new Map<string, number>();
    const intended = new Map<string, string>();

    /** As in the app, shorter than a notification's own. */
    const repliesMs = (ms: number): number => (leaseMs === undefined ? ms : leaseMs / 2);
    const reach = (step: string, instant: Instant): void => {
      if (`${step}:${instant}` !== at || !isFirst(marker)) return;
      if (instant === 'after-record') process.emit('worked' as 'beforeExit', 0);
      process.kill(process.pid, signal);
    };
    /** The steps that this save is the first to call done. */
    const newlyDone = (run: Run): readonly string[] => {
      const from = indexBefore.get(run.id);
      const to = currentIndex(run);
      if (from === undefined || from < 0) return [];
      return run.steps.slice(from, to < 0 ? undefined : to).map(({ action }) => action.kind);
    };
    const striking = (prepared: PreparedWrite, step: string): PreparedWrite => ({
      abandon: () => prepared.abandon(),
      send: () => {
        reach(step, 'before-send');
        const answer = prepared.send();
        if (at === `${step}:while-sending`) setImmediate(() => reach(step, 'while-sending'));
        return answer;
      },
    });

    return {
      runs: {
        ...runs,
        claim: async (owner, now, ms) => {
          const claimed = await runs.claim(owner, now, leaseMs ?? ms);
          if (claimed) indexBefore.set(claimed.run.id, currentIndex(claimed.run));
          return claimed;
        },
        renew: (lease: Lease, until: number) => runs.renew(lease, leaseMs ? Date.now() + leaseMs : until),
        saveIntent: async (lease, run, now) => {
          reach(currentKind(run), 'before-intent');
          const saved = await runs.saveIntent(lease, run, now);
          intended.set(lease.runId, currentKind(run));
          if (saved) reach(currentKind(run), 'after-intent');
          return saved;
        },
        holds: async (lease, now) => {
          const holds = await runs.holds(lease, now);
          if (holds) reach(intended.get(lease.runId) ?? '', 'after-check');
          return holds;
        },
        save: async (lease, run, options) => {
          const steps = newlyDone(run);
          for (const step of steps) reach(step, 'before-record');
          const saved = await runs.save(lease, run, options);
          indexBefore.set(run.id, currentIndex(run));
          for (const step of steps) reach(step, 'after-record');
          if (run.state === 'asking') reach(currentKind(run), 'after-question');
          return saved;
        },
      },
      digestPosts: {
        ...digestPosts,
        claim: (slot, owner, now, ms) => digestPosts.claim(slot, owner, now, leaseMs ?? ms),
        renew: (claim, until) => digestPosts.renew(claim, leaseMs ? Date.now() + leaseMs : until),
        intend: async (claim, told, now, ms) => {
          reach('digest', 'before-intent');
          const intended = await digestPosts.intend(claim, told, now, leaseMs ?? ms);
          if (intended) reach('digest', 'after-intent');
          return intended;
        },
        settle: async (claim, outcome) => {
          reach('digest', 'before-record');
          const settled = await digestPosts.settle(claim, outcome);
          reach('digest', 'after-record');
          return settled;
        },
      },
      notified: {
        ...notified,
        note: async (subject, now) => {
          reach('record', 'before-record');
          await notified.note(subject, now);
          reach('record', 'after-record');
        },
        claim: (owner, now, ms) => notified.claim(owner, now, leaseMs ?? ms),
        renew: (record, owner, until) => notified.renew(record, owner, leaseMs ? Date.now() + leaseMs : until),
      },
      toldReplies: {
        ...toldReplies,
        begin: async (reply, owner, now, ms) => {
          reach('reply', 'before-intent');
          const begun = await toldReplies.begin(reply, owner, now, repliesMs(ms));
          reach('reply', 'after-intent');
          return begun;
        },
        renew: async (commentId, owner, now, ms) => {
          const renewed = await toldReplies.renew(commentId, owner, now, repliesMs(ms));
          reach('reply', 'after-check');
          return renewed;
        },
        settle: async (commentId, owner, state) => {
          reach('reply', 'before-record');
          const settled = await toldReplies.settle(commentId, owner, state);
          reach('reply', 'after-record');
          return settled;
        },
      },
      writes: {
        prepare: async (caller, write) => striking(await writes.prepare(caller, write), write.kind),
      },
    };
  };
