import type { Person } from '../slack/slack.ts';
import type { World, WorldOptions } from '../world.ts';
import type { Shot } from './shoot.ts';

/** Lets time go by for the app and for Syncro. */
export type Pass = (ms: number) => void;

export type Scene = {
  /** The picture's file: `docs/pictures/<name>.png`. */
  readonly name: string;
  readonly world?: WorldOptions;
  /** What Howard does until the thing to be shown is in front of him. */
  readonly act: (howard: Person, world: World, pass: Pass) => Promise<Shot>;
};
