import { sampleConfig } from '../../sandbox/world.ts';

export type Shop = {
  /** Seconds; short ones keep tests quick. */
  readonly timeout?: number;
  readonly settle?: number;
  /** True: tickets are searched in the index, as they are by default outside of the tests. */
  readonly index?: boolean;
  /** More lines at the end of the settings file. */
  readonly more?: string;
};

/** The sample shop's settings with patience measured in tenths of seconds instead of minutes. */
export const quickConfig = ({ timeout = 1, settle = 0.7, index = false, more = '' }: Shop = {}): string =>
  sampleConfig(`search: { local_index: ${index} }\n${more}`)
    .replace(/timeout_seconds: .*/, `timeout_seconds: ${timeout}`)
    .replace(/settle_seconds: .*/, `settle_seconds: ${settle}`);
