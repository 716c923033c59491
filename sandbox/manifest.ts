import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SlackOptions } from './slack/options.ts';

const manifest = z.object({
  features: z.object({
    unfurl_domains: z.array(z.string()),
    shortcuts: z.array(z.object({ name: z.string(), callback_id: z.string(), type: z.enum(['global', 'message']) })),
  }),
  settings: z.object({ interactivity: z.object({ message_menu_options_url: z.string().optional() }) }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

type AsInstalled = Pick<SlackOptions, 'shortcuts' | 'scopes' | 'unfurlDomains' | 'hasOptionsUrl'>;

const read = (): AsInstalled => {
  const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
  const { features, oauth_config, settings } = manifest.parse(parse(text));
  return {
    shortcuts: features.shortcuts.map(({ name, callback_id, type }) => ({ name, callbackId: callback_id, type })),
    scopes: oauth_config.scopes.bot,
    unfurlDomains: features.unfurl_domains,
    hasOptionsUrl: settings.interactivity.message_menu_options_url !== undefined,
  };
};

let known: AsInstalled | undefined;

/** The app as its manifest installs it: shortcuts by their names, its links, and no scope that it does not ask for. */
export const asInManifest = (): AsInstalled => (known ??= read());
