import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { type SyncroSandbox, startSyncro } from '../../sandbox/syncro/start-syncro.ts';
import { SAMPLE_TECHNICIANS } from '../../sandbox/world.ts';

export type Shop = { readonly dir: string; readonly slack: SlackSandbox; readonly syncro: SyncroSandbox };

/** Sets up what the doctor looks at, and takes it away after each test. */
export const shopsForDoctor = () => {
  const open: Shop[] = [];
  afterEach(async () => {
    for (const { dir, slack, syncro } of open.splice(0)) {
      await Promise.all([slack.close(), syncro.close()]);
      rmSync(dir, { recursive: true, force: true });
    }
  });
  return async (scopes?: readonly string[]): Promise<Shop> => {
    const shop = {
      dir: mkdtempSync(join(tmpdir(), 'doctor-')),
      slack: await startSlack({
        technicians: SAMPLE_TECHNICIANS.map(({ id, name }) => ({ id, name })),
        ...(scopes ? { scopes } : {}),
      }),
      syncro: await startSyncro({ data: 'tiny' }),
    };
    open.push(shop);
    return shop;
  };
};

/** The environment of a doctor who looks at it. @param config is written to the shop's folder */
export const environmentOf = (
  { dir, slack, syncro }: Shop,
  config: string,
  more: Readonly<Record<string, string>>,
): Record<string, string> => {
  writeFileSync(join(dir, 'config.yml'), config);
  return {
    CONFIG_FILE: join(dir, 'config.yml'),
    ENV_FILE: devNull,
    DATABASE_URL: `sqlite:${join(dir, 'journal.db')}`,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SYNCRO_BASE_URL: syncro.url,
    SYNCRO_KEY_HOWARD: 'sandbox-howard',
    SYNCRO_KEY_WINTER: 'sandbox-winter',
    SYNCRO_KEY_MICHAEL: 'sandbox-michael',
    ...more,
  };
};

/** Without the width of the table's columns. */
export const squeezed = (text: string): string => text.replace(/ +/g, ' ');
