import { LRUCache } from 'lru-cache';

/** Rails' names that are the city's name in the zone database, spaces aside. */
const CITIES: Readonly<Record<string, string>> = {
  America:
    'Tijuana, Chihuahua, Mazatlan, Mexico City, Monterrey, Bogota, Lima, Caracas, La Paz, Santiago, Asuncion, Montevideo, Puerto Rico',
  Atlantic: 'Azores',
  Africa: 'Casablanca, Monrovia, Cairo, Harare, Nairobi',
  Europe:
    'Dublin, Lisbon, London, Belgrade, Bratislava, Budapest, Ljubljana, Prague, Sarajevo, Skopje, Warsaw, Zagreb, Brussels, Copenhagen, Madrid, Paris, Amsterdam, Berlin, Zurich, Rome, Stockholm, Vienna, Bucharest, Helsinki, Riga, Sofia, Tallinn, Vilnius, Athens, Istanbul, Minsk, Kaliningrad, Moscow, Volgograd, Samara',
  Asia: 'Jerusalem, Kuwait, Riyadh, Baghdad, Tehran, Muscat, Baku, Tbilisi, Yerevan, Kabul, Karachi, Tashkent, Kolkata, Kathmandu, Dhaka, Almaty, Novosibirsk, Rangoon, Bangkok, Jakarta, Krasnoyarsk, Chongqing, Hong Kong, Urumqi, Kuala Lumpur, Singapore, Taipei, Irkutsk, Ulaanbaatar, Seoul, Tokyo, Yakutsk, Vladivostok, Magadan, Srednekolymsk, Kamchatka',
  Australia: 'Perth, Darwin, Adelaide, Canberra, Melbourne, Sydney, Brisbane, Hobart',
  Pacific: 'Guam, Port Moresby, Fiji, Auckland',
};

/** The others. */
const OTHERS: Readonly<Record<string, string>> = {
  'International Date Line West': 'Etc/GMT+12',
  'Midway Island': 'Pacific/Midway',
  'American Samoa': 'Pacific/Pago_Pago',
  Hawaii: 'Pacific/Honolulu',
  Alaska: 'America/Juneau',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  'Mountain Time (US & Canada)': 'America/Denver',
  Arizona: 'America/Phoenix',
  'Central Time (US & Canada)': 'America/Chicago',
  Saskatchewan: 'America/Regina',
  Guadalajara: 'America/Mexico_City',
  'Central America': 'America/Guatemala',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Indiana (East)': 'America/Indiana/Indianapolis',
  Quito: 'America/Lima',
  'Atlantic Time (Canada)': 'America/Halifax',
  Newfoundland: 'America/St_Johns',
  Brasilia: 'America/Sao_Paulo',
  'Buenos Aires': 'America/Argentina/Buenos_Aires',
  Georgetown: 'America/Guyana',
  Greenland: 'America/Godthab',
  'Mid-Atlantic': 'Atlantic/South_Georgia',
  'Cape Verde Is.': 'Atlantic/Cape_Verde',
  Edinburgh: 'Europe/London',
  Bern: 'Europe/Zurich',
  'West Central Africa': 'Africa/Algiers',
  Kyiv: 'Europe/Kiev',
  Kyev: 'Europe/Kiev',
  Pretoria: 'Africa/Johannesburg',
  'St. Petersburg': 'Europe/Moscow',
  'Abu Dhabi': 'Asia/Muscat',
  Ekaterinburg: 'Asia/Yekaterinburg',
  Islamabad: 'Asia/Karachi',
  Chennai: 'Asia/Kolkata',
  Mumbai: 'Asia/Kolkata',
  'New Delhi': 'Asia/Kolkata',
  'Sri Jayawardenepura': 'Asia/Colombo',
  Astana: 'Asia/Almaty',
  Hanoi: 'Asia/Bangkok',
  Beijing: 'Asia/Shanghai',
  'Ulaan Bataar': 'Asia/Ulaanbaatar',
  Osaka: 'Asia/Tokyo',
  Sapporo: 'Asia/Tokyo',
  'Solomon Is.': 'Pacific/Guadalcanal',
  'New Caledonia': 'Pacific/Noumea',
  'Marshall Is.': 'Pacific/Majuro',
  Wellington: 'Pacific/Auckland',
  "Nuku'alofa": 'Pacific/Tongatapu',
  'Tokelau Is.': 'Pacific/Fakaofo',
  'Chatham Is.': 'Pacific/Chatham',
  Samoa: 'Pacific/Apia',
};

/** Syncro is a Rails application, whose zones have names of their own; it may say these or the database's. */
const RAILS_ZONES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CITIES).flatMap(([area, cities]) =>
    cities.split(', ').map((city): [string, string] => [city, `${area}/${city.replaceAll(' ', '_')}`]),
  ),
  ...Object.entries(OTHERS),
]);

/** `(GMT-07:00) Arizona` is how Rails shows a zone in a menu. */
const OFFSET = /^\((?:GMT|UTC)[+-]\d\d:?\d\d\)\s*/;

const findZone = (name: string): string | null => {
  const bare = name.trim().replace(OFFSET, '');
  const zone = RAILS_ZONES.get(bare) ?? bare;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
};

/** To ask whether a zone exists takes as long as to format a hundred times; an account has one. */
const known = new LRUCache<string, { readonly zone: string | null }>({
  max: 100,
  memoMethod: (name) => ({ zone: findZone(name) }),
});

/** A time zone's name as computers know it; `null`: there is none of that name. */
export const timeZoneOf = (name: string): string | null => known.memo(name).zone;

/** A time zone that times can be told in: the account's own, or UTC when nobody knows its name. */
export const knownZone = (name: string | null): string => (name === null ? null : timeZoneOf(name)) ?? 'UTC';
