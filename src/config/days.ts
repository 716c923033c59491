import { Cron } from 'croner';

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
