import { join } from 'node:path';
import { type Balancer, startBalancer } from '../../../sandbox/balancer.ts';
import { createRandom } from '../../../sandbox/simulation/random.ts';
import { type Child, type Scene, type SceneOptions, withScene } from '../crash/scene.ts';
import { newDatabase } from '../postgres/new-database.ts';

/** Copies of the app on one Postgres, and what stands before them. */
export type Copies = Scene & {
  readonly database: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly balancer: Balancer;
  /** Starts so many, and lets Slack's requests go to any of them. */
  readonly launchCopies: (count: number, variables?: Readonly<Record<string, string>>) => Promise<readonly Child[]>;
  /** Slack's requests go to these from now on. */
  readonly serveBy: (...copies: readonly Child[]) => void;
  /** Whoever is struck writes its process id here. */
  readonly marker: string;
};

type Options = Omit<SceneOptions, 'database'> & {
  readonly seed?: number;
  /** True: without the app's tables. */
  readonly empty?: boolean;
  /** A database of somebody else's, kept. */
  readonly url?: string;
  /** For every copy. */
  readonly variables?: Readonly<Record<string, string>>;
};

/** Plays on a database of its own, which is gone afterwards, however it went. */
export const withCopies = async (
  { seed = 7, empty = false, url, variables = {}, ...options }: Options,
  play: (copies: Copies) => Promise<void>,
): Promise<void> => {
  const database = url ? { url, drop: () => Promise.resolve() } : await newDatabase({ empty });
  const random = createRandom(seed);
  const balancer = await startBalancer((ports) => (ports.length > 0 ? random.pick([...ports]) : undefined));
  try {
    await withScene({ ...options, database: database.url }, async (scene) => {
      const serveBy = (...copies: readonly Child[]): void => {
        balancer.use(copies.map(({ port }) => port));
        scene.slack.deliverTo(balancer.url);
      };
      const launchCopies: Copies['launchCopies'] = async (count, more = {}) => {
        const each = { ...variables, ...more };
        const copies = await Promise.all(Array.from({ length: count }, () => scene.launch(each)));
        serveBy(...copies);
        return copies;
      };
      await play({
        ...scene,
        database: database.url,
        variables,
        balancer,
        launchCopies,
        serveBy,
        marker: join(scene.dir, 'struck'),
      });
    });
  } finally {
    await balancer.close();
    await database.drop();
  }
};
