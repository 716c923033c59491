import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type OutsideOptions, sampleConfig, startOutside } from '../outside.ts';
import type { SlackSandbox } from '../slack/slack.ts';
import type { SyncroSandbox } from '../syncro/start-syncro.ts';
import { createActs } from './acts.ts';
import { type KeptApp, keepAppRunning } from './app-process.ts';
import { createEvents } from './events.ts';
import { readInfo } from './info.ts';
import { createLive } from './live.ts';
import { createPageRoute } from './routes.ts';
import { seedTalk } from './sample-talk.ts';
import { canAct } from './seen-by.ts';
import { slackParts } from './slack-parts.ts';
import { createSwitches } from './switches.ts';
import { syncroParts } from './syncro-parts.ts';
import { UNCONNECTED, unconnectedPart, withUnconnected } from './unconnected.ts';

export type Demo = {
  /** Of the page. */
  readonly url: string;
  readonly slack: SlackSandbox;
  readonly syncro: SyncroSandbox;
  readonly app: KeptApp;
  readonly close: () => Promise<void>;
};

export type DemoOptions = Pick<OutsideOptions, 'config' | 'socketMode' | 'ports' | 'slack'> & {
  readonly onLog?: (line: string) => void;
  readonly data?: 'full' | 'tiny';
  readonly latencyMs?: number;
  readonly restartAfterMs?: number;
};

/** Long enough to be seen, short enough for Slack's patience with the next click. */
const RESTART_AFTER_MS = 1_200;

const SETTINGS = z.object({ syncro: z.object({ subdomain: z.string() }) });

/**
 * The whole product on this machine: both fakes, the page, and the app in a process of its own, as production runs
 * it. Returns as soon as the page can be opened; the app is up a little later.
 */
export const startDemo = async (options: DemoOptions = {}): Promise<Demo> => {
  const {
    latencyMs = 0,
    restartAfterMs = RESTART_AFTER_MS,
    data = 'full',
    onLog = () => {},
    socketMode = false,
  } = options;
  const hookSecret = randomBytes(24).toString('hex');
  const outside = await startOutside({
    ...options,
    config: withUnconnected(options.config ?? sampleConfig()),
    members: [UNCONNECTED],
    syncro: { data, latencyMs },
    // The app's own log, read line by line, says when it is ready.
    logLevel: 'info',
    env: {
      // What is sealed with the key goes with the demo, so nobody needs the key again.
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      SYNCRO_HOOK_SECRET: hookSecret,
    },
  });
  const { slack, syncro } = outside;
  await seedTalk(slack);
  const dir = mkdtempSync(join(tmpdir(), 'syncro-slack-demo-'));
  const configFile = join(dir, 'config.yml');
  writeFileSync(configFile, outside.configText);
  const { subdomain } = SETTINGS.parse(parse(outside.configText)).syncro;
  const info = readInfo(socketMode ? 'socket' : 'http', `https://${subdomain}.syncromsp.com`);
  const live = createLive();
  const events = createEvents();
  const app = keepAppRunning({
    variables: { ...outside.variables, CONFIG_FILE: configFile },
    restartAfterMs,
    onReady: (port) => {
      const address = `http://127.0.0.1:${port}`;
      slack.deliverTo(socketMode ? undefined : `${address}/slack/events`);
      syncro.notifyAt(`${address}/hooks/syncro/${hookSecret}`);
      if (app.state().deaths > 0) events.add('The app is back.', false);
    },
    onDeath: () => events.add('The app was killed.', true),
    onChange: live.changed,
    onLog,
  });
  const switches = createSwitches({ syncro, app, events }, latencyMs);
  const unsubscribe = [slack.onChange(live.changed), syncro.onChange(live.changed)];
  slack.route(
    createPageRoute({
      act: createActs(
        slack,
        info.commands.map(({ command }) => command),
      ),
      set: switches.set,
      look: ({ as, ticket }) => {
        const user = slack.workspace.users.get(as);
        if (!user || !canAct(user)) return null;
        const now = { info, app: app.state(), switches: switches.states(), events: events.all() };
        return {
          ...now,
          ...slackParts(slack, user),
          ...syncroParts(syncro, ticket),
          unconnected: unconnectedPart(syncro, as),
        };
      },
      live,
    }),
  );
  return {
    url: `${slack.url}/`,
    slack,
    syncro,
    app,
    close: async () => {
      for (const stop of unsubscribe) stop();
      switches.close();
      live.close();
      await app.close();
      await outside.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
