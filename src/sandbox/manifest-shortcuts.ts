import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ShortcutOption } from './slack/options.ts';

const manifest = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ name: z.string(), callback_id: z.string(), type: z.enum(['global', 'message']) })),
  }),
});

/** The app's shortcuts as its manifest names them, so that people can call them by name. */
export const manifestShortcuts = (): readonly ShortcutOption[] => {
  const text = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  return manifest
    .parse(parse(text))
    .features.shortcuts.map(({ name, callback_id, type }) => ({ name, callbackId: callback_id, type }));
};
