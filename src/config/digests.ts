import { Cron } from 'croner';
import { z } from 'zod';
import { timeZoneOf } from '../shared/time-zone.ts';

/** Words that people use beside those of a cron pattern. */
const WORDS: Readonly<Record<string, string>> = {
  daily: '*',
  everyday: '*',
  weekdays: 'mon-fri',
  workdays: 'mon-fri',
  weekends: 'sat,sun',
};

/** The last field of a cron pattern for `mon-fri`, `mon,wed,fri`, `Monday - Friday`, `every day`; `null`: no days. */
export const readDays = (text: string): string | null => {
  const flat = text
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/\b(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?day\b/g, '$1');
  const days = WORDS[flat] ?? flat;
  try {
    return days !== '' && new Cron(`0 0 * * ${days}`, { mode: '5-part', paused: true }).nextRun() ? days : null;
  } catch {
    return null;
  }
};

/** As computers call it: Rails' names are understood and turned into that. */
export const zone = z.string().transform((name, context) => {
  const known = timeZoneOf(name);
  if (known === null) context.addIssue({ code: 'custom', message: 'must be a time zone like America/Phoenix' });
  return known ?? name;
});

const days = z.string().transform((text, context) => {
  const read = readDays(text);
  if (read === null) context.addIssue({ code: 'custom', message: 'must be days like mon-fri, "mon,wed,fri" or daily' });
  return read ?? text;
});

/** `digests:` of the settings file. */
export const digestSettings = z
  .array(
    z.strictObject({
      channel: z.string().regex(/^[CGD][A-Z0-9]{2,}$/, 'must be a channel id like C0123456789'),
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like "08:00"'),
      timezone: zone,
      days: days.default('mon-fri'),
    }),
  )
  .refine((digests) => new Set(digests.map((one) => JSON.stringify(one))).size === digests.length, {
    error: 'list the same channel, time and days twice',
  });
