/** A reading of a list, page by page. Times are epoch milliseconds. */
export type Pass = {
  /** The page to read next. */
  readonly page: number;
  /** When it began, by our clock. */
  readonly began: number;
  /** The latest change on its first page, by Syncro's clock: what was changed after that may have been missed. */
  readonly newest: number | null;
};

/** How far the copy of Syncro's tickets has come; survives restarts. */
export type MirrorProgress = {
  /** No change before this is missing, by Syncro's clock; `null`: not every ticket was read yet. */
  readonly mark: number | null;
  /** When the last complete look for changes began, by our clock. */
  readonly checkedAt: number | null;
  /** When the last complete reading of everything began. */
  readonly sweptAt: number | null;
  readonly changes: Pass | null;
  readonly sweep: Pass | null;
  /** An upgrade makes the words of every ticket anew, in the order of ids: the last one that has its own; `null`: all have. */
  readonly wordsTo: number | null;
};

export const NOTHING_READ: MirrorProgress = {
  mark: null,
  checkedAt: null,
  sweptAt: null,
  changes: null,
  sweep: null,
  wordsTo: null,
};

export type ListRead =
  | { readonly read: 'changes'; readonly page: number; readonly since: number }
  /** Everything: the first filling, and once a week, since nothing tells what was deleted. */
  | { readonly read: 'sweep'; readonly page: number };

type MirrorRead = ListRead | { readonly read: 'comments' };

type PageRead = {
  /** How many rows it had. */
  readonly count: number;
  readonly totalPages: number;
  /** The latest change of a ticket on it. */
  readonly newest: number | null;
};

export const LOOK_MS = 60_000;
const SWEEP_MS = 7 * 24 * 3_600_000;
/**
 * Looked back this much further than needed: a change may be stamped before it can be read, and nobody says whether
 * `since_updated_at` includes its own moment.
 */
const OVERLAP_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

export const nextMirrorRead = (
  { mark, changes, sweep, checkedAt, sweptAt }: MirrorProgress,
  now: number,
): MirrorRead => {
  if (mark !== null && (changes !== null || checkedAt === null || now - checkedAt >= LOOK_MS))
    return { read: 'changes', page: changes?.page ?? 1, since: mark - OVERLAP_MS };
  if (sweep !== null || sweptAt === null || now - sweptAt >= SWEEP_MS) return { read: 'sweep', page: sweep?.page ?? 1 };
  return { read: 'comments' };
};

/** A moment in the future, by a wrong clock or an import, must not hide what changes until then. */
const notAfter = (at: number | null, now: number): number | null => (at === null ? null : Math.min(at, now));

const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/**
 * Syncro's clock goes on while nothing changes, else the last change would be read again each minute. Never by much: a
 * clock of ours that is set right in between must not carry the mark into Syncro's future.
 */
const markSince = ({ mark, checkedAt }: MirrorProgress, now: number): number | null =>
  mark === null || checkedAt === null ? mark : mark + Math.max(0, Math.min(now - checkedAt, 2 * LOOK_MS));

/** The progress after a page of a list was read and stored. @param now before the page was asked for */
export const afterMirrorPage = (
  progress: MirrorProgress,
  read: ListRead['read'],
  { count, totalPages, newest }: PageRead,
  now: number,
): MirrorProgress => {
  const pass = progress[read] ?? { page: 1, began: now, newest: notAfter(newest, now) };
  if (count > 0 && pass.page < totalPages) return { ...progress, [read]: { ...pass, page: pass.page + 1 } };
  // Between two pages rows move, so only what is older than the first page's reading is sure to be complete.
  if (read === 'changes')
    return {
      ...progress,
      mark: latest(markSince(progress, pass.began), pass.newest),
      checkedAt: pass.began,
      changes: null,
    };
  return {
    ...progress,
    mark: progress.mark ?? pass.newest ?? pass.began - DAY_MS,
    checkedAt: progress.checkedAt ?? pass.began,
    sweptAt: pass.began,
    sweep: null,
  };
};
