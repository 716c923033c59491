import { setTimeout as sleep } from 'node:timers/promises';
import { startWorld } from '../world.ts';
import type { Scene } from './scene.ts';
import { shoot } from './shoot.ts';
import type { Node, Tree } from './tree.ts';

/** Every scene begins here: Monday 23 November 2026, 14:30 in Phoenix. */
const BEGIN = Date.UTC(2026, 10, 23, 21, 30);
const ACTOR = 'U012HOWARD';
/** References are drawn by lot; a picture that is made again should be the same. */
const REF = /\bref [0-9A-Z]{6}\b/g;
const SAMPLE_REF = 'ref K7Q2MX';

const withSampleRefs = (tree: Tree): Tree => ({
  ...tree,
  children: tree.children.map(
    (child): Node => (typeof child === 'string' ? child.replace(REF, SAMPLE_REF) : withSampleRefs(child)),
  ),
});

/** Plays a scene in a small world of its own and draws what it ends with: the same on every run. */
export const play = async ({ name, act, world: options }: Scene): Promise<Tree> => {
  const started = Date.now();
  let later = 0;
  const now = () => BEGIN + later + Date.now() - started;
  const world = await startWorld({
    ...options,
    syncro: { data: 'tiny', now, ...options?.syncro },
    time: { ...options?.time, clock: { now, sleep: (ms) => sleep(ms, undefined, { ref: false }) } },
  });
  try {
    const shot = await act(world.slack.person(ACTOR), world, (ms) => {
      later += ms;
    });
    await world.slack.idle();
    if (world.slack.problems.length > 0) throw new Error(`${name}: ${world.slack.problems.join('\n')}`);
    const { users, channels } = world.slack.workspace;
    const tree = shoot(shot, name, ACTOR, {
      names: { user: (id) => users.get(id)?.name ?? id, channel: (id) => channels.get(id)?.name ?? id },
      timeZone: users.get(ACTOR)?.tz ?? 'UTC',
      now: BEGIN + later,
    });
    return withSampleRefs(tree);
  } finally {
    await world.close();
  }
};
