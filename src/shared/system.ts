export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /**
   * When it was last set, ahead or back, as it shows now; or when this process began, which knows of no time before. How
   * long ago something was that was noted earlier, it can't tell. Absent: never.
   */
  setAt?(): number;
}

/** Does something again and again until the returned function is called. */
export type Every = (ms: number, task: () => void) => () => void;

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Ids and references; passed in so that tests and simulations repeat. */
export interface Ids {
  /** Unguessable. */
  id(): string;
  /** Short enough to read out on the phone. */
  ref(): string;
}

/** Does something so that every line of the log about it carries this reference. */
export type InRequest = <T>(ref: string, work: () => T) => T;

/** When something happened last that every copy must know of, by name. Epoch milliseconds. */
export interface LastTimes {
  /** `null`: never. */
  at(name: string): Promise<number | null>;
  /** Never back to an earlier time. */
  set(name: string, at: number): Promise<void>;
}
