import { afterEach, expect } from '@jest/globals';
import { startWorld, type World, type WorldOptions } from '../../sandbox/world.ts';
import { emptyJournal } from '../empty-journal.ts';
import { quickConfig, type Shop } from './quick-config.ts';

export { quickConfig };

/** `COPIES=2 npm run test:e2e`: whatever a copy remembers and the other does not know shows. */
const COPIES = Number(process.env.COPIES ?? 1);

type Options = WorldOptions & { readonly shop?: Shop };
type Start = (options?: Options) => Promise<World>;

/**
 * Starts the real app between the two fakes, with the small account; after each test the world is closed and must
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
      journal: await emptyJournal(),
      ...(COPIES > 1 && !options.socketMode ? { copies: COPIES } : {}),
      ...options,
      syncro: { data: 'tiny', ...options.syncro },
    });
    open.push(world);
    return world;
  };
};
