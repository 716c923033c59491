import { afterEach, expect } from '@jest/globals';
import { sampleConfig, startWorld, type World, type WorldOptions } from '../../src/sandbox/world.ts';

type Shop = {
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

type Start = (options?: WorldOptions & { readonly shop?: Shop }) => Promise<World>;

/**
 * Starts the real app between the two stand-ins, with the small account; after each test the world is closed and must
 * have seen nothing that Slack would refuse or that a careful app doesn't do.
 */
export const useWorld = (): Start => {
  const open: World[] = [];
  afterEach(async () => {
    const worlds = open.splice(0);
    await Promise.all(worlds.map((world) => world.close()));
    for (const { slack } of worlds) expect(slack.problems).toEqual([]);
  });
  return async ({ shop, ...options } = {}) => {
    const world = await startWorld({
      config: quickConfig(shop),
      ...options,
      syncro: { data: 'tiny', ...options.syncro },
    });
    open.push(world);
    return world;
  };
};
