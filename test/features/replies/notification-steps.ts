import { setTimeout as sleep } from 'node:timers/promises';
import type { SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { World, WorldOptions } from '../../../sandbox/world.ts';

export const SECRET = 'a-secret-that-only-Syncro-knows_42';

/** Notifications on. */
export const notified: WorldOptions = {
  env: { SYNCRO_HOOK_SECRET: SECRET },
};

export const hookOf = (world: World, secret = SECRET): string =>
  `http://127.0.0.1:${world.port()}/hooks/syncro/${secret}`;

export const notify = (world: World, body: unknown, secret?: string): Promise<Response> =>
  fetch(hookOf(world, secret), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** A notification about a ticket, as Syncro sends one when its status was changed. */
export const aboutTicket = (id: number): object => ({
  text: `Ticket ${id} was updated`,
  link: `https://computerguru.syncromsp.com/tickets/${id}`,
  attributes: { id, number: 1, status: 'New' },
});

export const repliesTo = (world: World, person = 'U012HOWARD'): readonly SeenMessage[] =>
  world.slack
    .person(person)
    .dm()
    .filter(({ text }) => text.startsWith('↩'));

/** For a message to come that must not come: longer than a notification takes until it is followed. */
export const longEnough = () => sleep(5_000);
