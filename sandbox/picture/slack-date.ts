import type { Shown } from './shown.ts';

type Format = Intl.DateTimeFormatOptions;

const LONG: Format = { year: 'numeric', month: 'long', day: 'numeric' };
const SHORT: Format = { year: 'numeric', month: 'short', day: 'numeric' };
const FORMATS: Readonly<Record<string, Format>> = {
  date: LONG,
  date_pretty: LONG,
  date_short: SHORT,
  date_short_pretty: SHORT,
  date_long: { weekday: 'long', ...LONG },
  date_long_pretty: { weekday: 'long', ...LONG },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

const DAY_MS = 24 * 3_600_000;

/** A moment in Slack's date tokens, as the reader sees it. */
export const slackDate = (at: number, format: string, { timeZone, now }: Pick<Shown, 'timeZone' | 'now'>): string => {
  const written = (time: number, options: Format) =>
    new Intl.DateTimeFormat('en-US', { ...options, timeZone }).format(time).replaceAll('\u202f', ' ');
  const relative = (): string | undefined => {
    const days = [now, now - DAY_MS, now + DAY_MS].map((time) => written(time, LONG));
    return ['today', 'yesterday', 'tomorrow'][days.indexOf(written(at, LONG))];
  };
  const text = format.replace(/\{([a-z_]+)\}/g, (token, name: string) => {
    const options = FORMATS[name];
    if (!options) return token;
    return (name.endsWith('_pretty') ? relative() : undefined) ?? written(at, options);
  });
  return text.charAt(0).toUpperCase() + text.slice(1);
};
