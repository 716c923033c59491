import { startWorld } from '../world.ts';
import type { Scene } from './scenes.ts';
import { shoot } from './shoot.ts';
import type { Tree } from './tree.ts';

/** Every scene begins here: Monday 23 November 2026, 14:30 in Phoenix. */
const BEGIN = Date.UTC(2026, 10, 23, 21, 30);
const ACTOR = 'U012HOWARD';

const countingIds = () => {
  let count = 0;
  return { id: () => `picture-${(++count).toString().padStart(8, '0')}`, ref: () => 'K7Q2MX' };
};

/** Plays a scene in a small world of its own and draws what it ends with: the same on every run. */
export const play = async ({ name, act, world: options }: Scene): Promise<Tree> => {
  const started = Date.now();
  const now = () => BEGIN + Date.now() - started;
  const syncro = { data: 'tiny' as const, ...options?.syncro };
  const world = await startWorld({ ...options, syncro, now, ids: countingIds() });
  try {
    const shot = await act(world.slack.person(ACTOR), world);
    await world.slack.idle();
    if (world.slack.problems.length > 0) throw new Error(`${name}: ${world.slack.problems.join('\n')}`);
    const { users, channels } = world.slack.workspace;
    return shoot(shot, name, ACTOR, {
      names: { user: (id) => users.get(id)?.name ?? id, channel: (id) => channels.get(id)?.name ?? id },
      timeZone: users.get(ACTOR)?.tz ?? 'UTC',
      now: BEGIN,
    });
  } finally {
    await world.close();
  }
};
