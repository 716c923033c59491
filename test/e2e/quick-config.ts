import { sampleConfig } from '../../src/sandbox/world.ts';

export type Shop = {
  /** Seconds; short ones keep tests quick. */
  readonly timeout?: number;
  readonly settle?: number;
  /** More lines at the end of the settings file. */
  readonly more?: string;
};

/** The sample shop's settings with patience measured in tenths of seconds instead of minutes. */
export const quickConfig = ({ timeout = 1, settle = 0.7, more = '' }: Shop = {}): string =>
  sampleConfig(more)
    .replace(/timeout_seconds: .*/, `timeout_seconds: ${timeout}`)
    .replace(/settle_seconds: .*/, `settle_seconds: ${settle}`);
