import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { COMMANDS } from '../src/app/features.ts';
import { shortcuts as handled } from '../src/features/on-message/slack/on-message.ts';
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../src/slack/scopes.ts';
import { readCommand } from './slack/read-command.ts';

type Manifest = {
  display_information: { name: string; description: string; long_description: string };
  features: {
    app_home: { home_tab_enabled: boolean };
    bot_user: { display_name: string };
    slash_commands: Array<{
      command: string;
      description: string;
      usage_hint: string;
      should_escape: boolean;
      url: string;
    }>;
    unfurl_domains: string[];
    shortcuts: Array<{ name: string; type: string; callback_id: string; description: string }>;
  };
  oauth_config: { scopes: { bot: string[]; bot_optional: string[] } };
  settings: {
    interactivity: { is_enabled: boolean; request_url: string; message_menu_options_url?: string };
    socket_mode_enabled: boolean;
    event_subscriptions: { request_url: string; bot_events: string[] };
  };
};

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;

/** Web API methods that the app calls, and the scopes that each needs. */
const SCOPES: Readonly<Record<string, string | readonly string[] | null>> = {
  'auth.test': null,
  'views.open': null,
  'views.update': null,
  'views.publish': null,
  'views.push': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.open': 'im:write',
  'conversations.history': ['im:history', 'channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'chat.unfurl': 'links:write',
  'chat.getPermalink': null,
  'users.info': 'users:read',
  'bots.info': 'users:read',
  'files.uploadV2': 'files:write',
};

/** Events that need a scope to be heard of. */
const EVENT_SCOPES: Readonly<Record<string, string>> = { link_shared: 'links:read', user_change: 'users:read' };

const sources = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(dir, file), 'utf8'));

const calledMethods = (): Set<string> =>
  new Set(
    sources('src').flatMap((source) =>
      [...source.matchAll(/\bclient\.([a-z]+\.[a-zA-Z0-9]+)\(/g)].flatMap(([, method]) => method ?? []),
    ),
  );

type Settings = Manifest['settings'];
const isInteractive = ({ interactivity }: Settings): boolean => interactivity.is_enabled;
const offersOptions = (settings: Settings): boolean =>
  isInteractive(settings) && (settings.socket_mode_enabled || Boolean(settings.interactivity.message_menu_options_url));
const always = (): boolean => true;

/** Every kind of block, element and object that the code sends, and whether the app is told what people do with it. */
const NEEDS: Readonly<Record<string, (settings: Settings) => boolean>> = {
  ...Object.fromEntries(
    [
      'plain_text mrkdwn text link date channel header divider context section image table alert rich_text home modal',
      'rich_text_section rich_text_quote rich_text_preformatted rich_text_list view_submission view_closed ephemeral message',
    ]
      .flatMap((names) => names.split(' '))
      .map((name) => [name, always]),
  ),
  ...Object.fromEntries(
    'input actions button static_select datepicker datetimepicker radio_buttons plain_text_input overflow checkboxes'
      .split(' ')
      .map((name) => [name, isInteractive]),
  ),
  external_select: offersOptions,
  multi_external_select: offersOptions,
};

/** What is typed as `type: '…'` where views and messages are made. */
const sentTypes = (): ReadonlySet<string> =>
  new Set(
    sources('src').flatMap((source) =>
      [...source.matchAll(/(?<!with \{ )\btype: '([a-z_]+)'/g)].flatMap(([, type]) => type ?? []),
    ),
  );

describe('the Slack manifest', () => {
  test('asks for exactly the scopes of the methods that the code calls', () => {
    const methods = calledMethods();
    expect([...methods].filter((method) => !(method in SCOPES))).toEqual([]);
    const needed = new Set([
      'commands',
      ...[...methods].flatMap((method) => SCOPES[method] ?? []),
      ...manifest.settings.event_subscriptions.bot_events.flatMap((event) => EVENT_SCOPES[event] ?? []),
    ]);
    expect(new Set(manifest.oauth_config.scopes.bot)).toEqual(needed);
  });

  test('asks for what the doctor looks for, and leaves free what one feature needs', () => {
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    const optional = Object.keys(OPTIONAL_SCOPES);
    expect([...bot].sort()).toEqual([...Object.keys(NEEDED_SCOPES), ...optional].sort());
    expect([...bot_optional].sort()).toEqual(optional.sort());
  });

  test('has the one command, with hints that can be typed', () => {
    const [command, ...others] = manifest.features.slash_commands;
    expect(others).toEqual([]);
    expect(command).toMatchObject({ command: '/syncro', should_escape: true });
    for (const hint of command?.usage_hint.split(' | ') ?? []) expect(readCommand(hint)).toMatchObject({ ok: true });
  });

  test('hints at no command that does not exist', () => {
    const words = manifest.features.slash_commands[0]?.usage_hint.split(' | ').map((hint) => hint.split(' ')[0]) ?? [];
    for (const word of words) expect(COMMANDS.map(({ name }) => name)).toContain(word);
  });

  test('sends everything to the one address that the app listens on', () => {
    const { interactivity, event_subscriptions } = manifest.settings;
    for (const url of [
      interactivity.request_url,
      event_subscriptions.request_url,
      interactivity.message_menu_options_url ?? '',
      manifest.features.slash_commands[0]?.url ?? '',
    ])
      expect(new URL(url).pathname).toBe('/slack/events');
    expect(interactivity.is_enabled).toBe(true);
  });

  test('lets Slack tell the app of every kind of element that the code sends', () => {
    const types = [...sentTypes()];
    expect(types).toContain('external_select');
    expect(types.filter((type) => !(type in NEEDS))).toEqual([]);
    expect(types.filter((type) => !NEEDS[type]?.(manifest.settings))).toEqual([]);
  });

  test('subscribes to exactly the events that the code handles', () => {
    const handled = sources('src').flatMap((source) =>
      [...source.matchAll(/\bapp\.event\('([a-z_.]+)'/g)].flatMap(([, event]) => event ?? []),
    );
    expect(handled).not.toEqual([]);
    expect(new Set(manifest.settings.event_subscriptions.bot_events)).toEqual(new Set(handled));
  });

  test('names the domain of Syncro’s pages exactly when links are answered', () => {
    expect(calledMethods().has('chat.unfurl')).toBe(true);
    const { host } = new URL('https://computerguru.syncromsp.com');
    expect(manifest.features.unfurl_domains.some((domain) => host.endsWith(`.${domain}`))).toBe(true);
    expect(manifest.features.unfurl_domains.length).toBeLessThanOrEqual(5);
  });

  test('has a Home tab exactly when the code publishes one', () => {
    expect(manifest.features.app_home.home_tab_enabled).toBe(calledMethods().has('views.publish'));
  });

  test('offers exactly the shortcuts that somebody handles', () => {
    const { shortcuts } = manifest.features;
    expect(shortcuts.map(({ callback_id }) => callback_id).sort()).toEqual(Object.keys(handled).sort());
    for (const { name, type, description } of shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
      expect(['global', 'message']).toContain(type);
    }
    expect(new Set(shortcuts.map(({ name, type }) => `${type} ${name}`)).size).toBe(shortcuts.length);
  });

  test('keeps Slack’s limits', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(175);
    expect(manifest.display_information.long_description.length).toBeLessThanOrEqual(4_000);
    expect(manifest.features.bot_user.display_name.length).toBeLessThanOrEqual(80);
    expect(manifest.features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(1000);
  });
});
