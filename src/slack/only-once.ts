import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { z } from 'zod';
import type { Clock, Log } from '../shared/system.ts';
import type { Deliveries } from './deliveries-port.ts';

const EVENT = z.looseObject({ type: z.literal('event_callback'), event_id: z.string().min(1).max(100) });

/**
 * Slack sends an event again when it did not hear the acknowledgement in time, to whichever copy of the app it likes.
 * Only events: commands and presses are never sent again, and what they do is keyed by the form or step that they are of.
 */
export const onlyOnce =
  (deliveries: Deliveries, clock: Clock, log: Log): Middleware<AnyMiddlewareArgs> =>
  async ({ body, next }) => {
    const event = EVENT.safeParse(body);
    if (!event.success) return next();
    const { event_id: id } = event.data;
    const isNew = await deliveries.begin(id, clock.now()).catch((error: unknown) => {
      log.error({ err: error }, 'an event could not be looked up; it is handled all the same');
      return true;
    });
    if (!isNew) return log.debug({ event: id }, 'an event that came before');
    await next();
    // Not reached when handling it failed: then it is taken when Slack sends it again.
    await deliveries.end(id).catch((error: unknown) => log.error({ err: error }, 'an event could not be noted'));
  };
