import type { Shown } from '../../picture/shown.ts';
import { slackDate } from '../../picture/slack-date.ts';
import { isJson, type Json, jsonOf, textOf } from '../../slack/json.ts';
import type { StateValues } from '../../slack/workspace.ts';
import { received } from './state.ts';

const toValues = (values: Json): StateValues =>
  new Map(
    Object.entries(values).map(([block, row]) => [
      block,
      new Map(
        Object.entries(jsonOf(row))
          .filter((entry): entry is [string, Json] => isJson(entry[1]))
          .map(([action, value]) => [action, { ...value, type: textOf(value.type) }]),
      ),
    ]),
  );

export const names = {
  user: (id: string): string => received.people?.find((person) => person.id === id)?.name ?? id,
  channel: (id: string): string => received.channels?.find((channel) => channel.id === id)?.name ?? id,
};

const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What is known besides the blocks; times are the reader's own. */
export const shownWith = (values: Json = {}, errors: Readonly<Record<string, string>> = {}): Shown => ({
  values: toValues(values),
  errors: new Map(Object.entries(errors)),
  names,
  offers: {
    users: new Map(received.people?.map(({ id, name }) => [id, name])),
    channels: new Map(received.channels?.filter(({ kind }) => kind !== 'im').map(({ id, name }) => [id, name])),
  },
  timeZone,
  now: Date.now(),
});

/** A moment as the reader sees it. */
export const when = (at: number, format = '{date_short_pretty}, {time}'): string => slackDate(at, format, shownWith());

/** What is so new that it is worth a glance. */
const NEW_MS = 4_000;
export const landed = (at: number, kind = ''): string => (Date.now() - at < NEW_MS ? `${kind} landed` : kind).trim();
