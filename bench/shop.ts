import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appVariables } from '../sandbox/app-variables.ts';
import { type SlackSandbox, startSlack } from '../sandbox/slack/slack.ts';
import type { LoggedRequest } from '../sandbox/syncro/request-log.ts';
import type { UserRow } from '../sandbox/syncro/rows.ts';
import { sampleData } from '../sandbox/syncro/sample-data.ts';
import { type SyncroOptions, type SyncroSandbox, startSyncro } from '../sandbox/syncro/start-syncro.ts';
import type { SyncroState } from '../sandbox/syncro/state.ts';
import { type AppProcess, FLAGS, START, startProcess } from '../test/world/app-process.ts';

/** The sample shop with so many technicians, each with a key of their own, as its owner would write it down. */
export type Shop = {
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  /** A directory that goes with the shop. */
  readonly dir: string;
  /** Slack ids. */
  readonly people: readonly string[];
  /** What the app's process gets as its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts the app, the real process, waits until it is ready and lets Slack deliver to it. */
  readonly launch: (options?: LaunchOptions) => Promise<Launched>;
  readonly close: () => Promise<void>;
};

export type Launched = AppProcess & { readonly port: number };

/** The app without Syncro's limit, compiled as src/bin/syncro-slack.mjs compiles it, with the flags of `npm start`. */
export const UNLIMITED: LaunchOptions = {
  command: [...FLAGS, 'bench/unlimited.ts'],
  variables: { NODE_COMPILE_CACHE: resolve('node_modules/.cache/syncro-slack') },
};

export type LaunchOptions = {
  /** What Node is given; default: the app as it is started by people. */
  readonly command?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
};

export type ShopOptions = {
  readonly technicians?: number;
  readonly syncro?: Omit<SyncroOptions, 'data'>;
  /** More tickets, or other ones. */
  readonly change?: (state: SyncroState) => void;
  /** True: tickets are copied in the background, as they are by default. */
  readonly index?: boolean;
  /** More lines at the end of the settings file. */
  readonly more?: string;
};

const LABOR = 'labor:\n  remote: { product_id: 1190473 }\n  onsite: { product_id: 26118 }\n';

const configOf = (people: readonly Person[], { more = '', index = false }: ShopOptions): string =>
  [
    'syncro: { subdomain: computerguru }',
    'technicians:',
    ...people.map(
      ({ slack, user }) =>
        `  - { slack_user: ${slack}, name: "${user.full_name}", syncro_user_id: ${user.id}, key: { env: ${envOf(user)} } }`,
    ),
    // Its readings in the background would stand among what the commands ask; bench/search.ts measures it.
    `search: { local_index: ${index} }`,
    LABOR + more,
  ].join('\n');

type Person = { readonly slack: string; readonly user: UserRow };

const envOf = (user: UserRow): string => `SYNCRO_KEY_${user.id}`;

/** The first is Howard, whose tickets the sample data holds. */
const staff = (state: SyncroState, count: number): readonly Person[] => {
  const [howard] = state.users;
  if (!howard) throw new Error('the sample data have no technician');
  const others = Array.from({ length: count - 1 }, (_, i): UserRow => {
    const id = 3000 + i;
    return { ...howard, id, full_name: `Technician ${i + 1}`, email: `t${i}@msp.example`, keys: [`bench-key-${id}`] };
  });
  state.users.push(...others);
  return [howard, ...others].map((user) => ({ slack: `U0BENCH${user.id}`, user }));
};

/** Both fakes in this process, and processes of the app beside it. */
export const startShop = async (options: ShopOptions = {}): Promise<Shop> => {
  const state = sampleData(Date.now(), 'full');
  const people = staff(state, options.technicians ?? 1);
  options.change?.(state);
  const syncro = await startSyncro({ ...options.syncro, data: state });
  const slack = await startSlack({ technicians: people.map(({ slack: id, user }) => ({ id, name: user.full_name })) });
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-bench-'));
  writeFileSync(join(dir, 'config.yml'), configOf(people, options));
  const started: AppProcess[] = [];
  const variables = {
    ...appVariables({ slack, syncro }, `sqlite:${join(dir, 'journal.db')}`),
    CONFIG_FILE: join(dir, 'config.yml'),
    ...Object.fromEntries(people.map(({ user }) => [envOf(user), user.keys[0] ?? ''])),
  };
  return {
    slack,
    syncro,
    dir,
    people: people.map(({ slack: id }) => id),
    variables,
    launch: async ({ command = START, variables: more } = {}) => {
      const app = startProcess({ ...variables, ...more }, { args: command, env: {} });
      started.push(app);
      const port = await app.ready();
      slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
      return { ...app, port };
    },
    close: async () => {
      for (const { child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ exited }) => exited));
      await Promise.all([slack.close(), syncro.close()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** A request as a person would name it: ids gone, parameters by name. */
export const nameOf = ({ method, path }: LoggedRequest): string => {
  const [where = '', query = ''] = path.split('?');
  const parameters = [...new URLSearchParams(query).keys()].filter((key) => !['page', 'per_page'].includes(key));
  const place = where.replace(/\/\d+/g, '/{id}');
  return `${method} ${place}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`;
};
