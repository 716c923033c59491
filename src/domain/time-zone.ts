/** What Rails calls the zones of North America: Syncro may say either name (unverified which). */
const RAILS_ZONES: Readonly<Record<string, string>> = {
  'Eastern Time (US & Canada)': 'America/New_York',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  Arizona: 'America/Phoenix',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Alaska: 'America/Anchorage',
  Hawaii: 'Pacific/Honolulu',
  'Atlantic Time (Canada)': 'America/Halifax',
};

/** A time zone's name as computers know it; `null`: there is none of that name. */
export const timeZoneOf = (name: string): string | null => {
  const zone = RAILS_ZONES[name] ?? name;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
};

/** A time zone that times can be told in: the account's own, or UTC when nobody knows its name. */
export const knownZone = (name: string | null): string => (name === null ? null : timeZoneOf(name)) ?? 'UTC';
