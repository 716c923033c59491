import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { InfoPart } from './shapes.ts';

const MANIFEST = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          type: z.enum(['global', 'message']),
          callback_id: z.string(),
          description: z.string(),
        }),
      )
      .default([]),
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
  }),
});

/** What Slack shows of an app that was installed from this manifest. */
export const readInfo = (mode: InfoPart['mode'], syncroUrl: string): InfoPart => {
  const text = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  const { display_information, features } = MANIFEST.parse(parse(text));
  return {
    name: display_information.name,
    mode,
    syncroUrl,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      hint: usage_hint,
    })),
    shortcuts: features.shortcuts.map(({ name, type, callback_id, description }) => ({
      name,
      type,
      callback: callback_id,
      description,
    })),
  };
};
