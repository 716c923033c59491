/** How one request goes wrong. "Committed" = the write took place. */
export type FaultKind =
  /** Connection cut, nothing done. */
  | 'cut-before'
  /** Committed, then cut without an answer. */
  | 'cut-after'
  /** 500 HTML, nothing done. */
  | '500-before'
  /** Committed, 500 HTML. */
  | '500-after'
  /** Committed, 200 with an HTML page. */
  | 'html'
  /** Committed, 200 with an empty body. */
  | 'empty'
  /** 502 HTML of a proxy, nothing done. */
  | 'garbage-before'
  /** Committed, cut in the middle of the body. */
  | 'truncated'
  /** Committed, answered with `body` merged into the record: as if it were about something else. */
  | 'altered'
  /** 429, nothing done; `retryAfter` seconds as header. */
  | '429'
  /** No answer; committed `delayMs` later, when the client may be gone. */
  | 'late'
  /** Never answers; committed when `committed`. */
  | 'hang'
  /** 401 without a body, nothing done. */
  | '401'
  /** 422 with `body`, nothing done. */
  | '422'
  /** GET answers as before the last write. */
  | 'stale-read';

export type Fault = {
  readonly kind: FaultKind;
  /** Without it any method. */
  readonly method?: string;
  /** Against the path below `/api/v1`, without query: a string must be equal, a pattern must match. */
  readonly path?: RegExp | string;
  /** Syncro user id of the key's owner. */
  readonly technician?: number;
  /** How many requests it hits; 1 unless told. */
  readonly times?: number;
  /** Wait before it strikes (after the write, when there is one). */
  readonly afterMs?: number;
  /** For `429`, in seconds. */
  readonly retryAfter?: number;
  /** For `late`: time between request and commit; 100 unless told. */
  readonly delayMs?: number;
  /** For `late`: keep the connection open instead of cutting it at once. */
  readonly hang?: boolean;
  /** For `hang`. */
  readonly committed?: boolean;
  /** For `422` and `altered`. */
  readonly body?: unknown;
};

export type FaultQueue = {
  add: (fault: Fault) => void;
  clear: () => void;
  /** What is still to strike. */
  pending: () => readonly Fault[];
  /** The first fault that fits; it counts as used. */
  take: (method: string, path: string, technician: number | null) => Fault | null;
};

const fitsPath = (wanted: RegExp | string | undefined, path: string): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? wanted === path : path.search(wanted) >= 0);

export const createFaultQueue = (): FaultQueue => {
  let queue: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      queue.push({ fault, left: fault.times ?? 1 });
    },
    clear: () => {
      queue = [];
    },
    pending: () => queue.map(({ fault }) => fault),
    take: (method, path, technician) => {
      const entry = queue.find(
        ({ fault }) =>
          (fault.method === undefined || fault.method === method) &&
          fitsPath(fault.path, path) &&
          (fault.technician === undefined || fault.technician === technician) &&
          (fault.kind !== 'stale-read' || method === 'GET'),
      );
      if (!entry) return null;
      entry.left -= 1;
      if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
      return entry.fault;
    },
  };
};
