/** What this adapter needs of a logger; pino's has this shape. Paths are logged, never queries: those hold the key. */
export type Log = {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
};

export const silentLog: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
