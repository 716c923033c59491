/** One line of what an examination of the set-up found. */
export type Finding = {
  readonly area: string;
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
};
