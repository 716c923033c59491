import { z } from 'zod';
import { QUIET_MS } from '../../../runs/rules/run.ts';
import type { Asked } from '../../../slack/asked.ts';
import { onNumber, type Rows, writes } from '../../../slack/feature.ts';
import { type Action, fromJson, type Pressed } from '../../../slack/pressed.ts';
import type { Reply } from '../../../slack/reply.ts';
import { answerInPlace, sayWhenReady } from '../../../slack/say.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { numberOf } from '../../tickets/slack/on-ticket.ts';
import { TICKET_BLOCK, WAITING } from '../../tickets/slack/ticket-buttons.ts';
import { ticketCardMessage } from '../../tickets/slack/ticket-card.ts';
import type { Updated } from '../update-status.ts';
import { UPDATE_BACK, updateForm } from './form.ts';
import { MOST_OFFERED, offeredStatus, updatedMessage, withoutButtons } from './messages.ts';
import type { UpdateUse } from './use.ts';

/** Changes the ticket, then shows it as it is now under the outcome. */
const changeOnCard = (
  pressed: Pressed<UpdateUse>,
  number: TicketNumber,
  change: () => Promise<Updated>,
): Promise<void> => {
  const { deps, use, technician } = pressed;
  return answerInPlace(pressed, number, `Updating #${number}`, async () => {
    const outcome = await outcomeOf(pressed, change());
    // What was done is told also when the ticket can't be read again just now.
    const card = await use.viewTicket(technician, { by: 'number', number }).catch(() => null);
    return card ? ticketCardMessage(card, deps.links, deps.clock.now(), { outcome: withoutButtons(outcome) }) : outcome;
  });
};

const take: Action<UpdateUse> = (pressed) => {
  const { use, technician, value } = pressed;
  const number = numberOf(value);
  return changeOnCard(pressed, number, () => use.updating.take(technician, number));
};

const setStatus: Action<UpdateUse> = (pressed) => {
  const { use, technician, blockId, value } = pressed;
  const number = numberOf(blockId.startsWith(TICKET_BLOCK) ? blockId.slice(TICKET_BLOCK.length) : '');
  return changeOnCard(pressed, number, () => use.updating.toStatus(technician, number, value));
};

const OFFERED = z.object({ n: z.number().int().min(1), s: z.string().min(1) });

/** One of the statuses that typed words may have meant. */
const chooseOffered: Action<UpdateUse> = (pressed) => {
  const { use, technician, value } = pressed;
  const { n, s } = fromJson(OFFERED, value);
  const number = numberOf(String(n));
  return answerInPlace(pressed, number, `Updating #${number}`, () =>
    outcomeOf(pressed, use.updating.toStatus(technician, number, s)),
  );
};

/** On the message about a customer's reply, which stays. */
const setWaiting: Action<UpdateUse> = (pressed) => {
  const { use, technician, say, value } = pressed;
  const number = numberOf(value);
  return sayWhenReady(say, `Updating #${number}`, () => outcomeOf(pressed, use.updating.waiting(technician, number)), {
    beside: true,
  });
};

/** Longer than a run stays quiet: what ends just then must not be told nowhere. */
const WATCH_MS = QUIET_MS + 500;

/**
 * What came of a change that was just asked for: its outcome is waited for as long as somebody looks at the place where
 * they asked.
 */
export const outcomeOf = async ({ deps, use, command }: Asked<UpdateUse>, change: Promise<Updated>): Promise<Reply> => {
  const updated = await change;
  if (updated.result !== 'started') return updatedMessage(updated, deps.links, command);
  const run = await use.watchRun(updated.run, WATCH_MS).catch((error: unknown) => {
    // It is in the journal and goes on: whoever asked must not hear that nothing was sent.
    deps.log.error({ ref: updated.run.ref, err: error }, 'could not look how a change ended');
    return updated.run;
  });
  return updatedMessage({ ...updated, run }, deps.links, command);
};

export const updateButtons: NonNullable<Rows<UpdateUse>['buttons']> = {
  'ticket:take': writes(take),
  'ticket:status': writes(setStatus),
  [WAITING]: writes(setWaiting, onNumber('update', ' waiting')),
  ...Object.fromEntries(Array.from({ length: MOST_OFFERED }, (_, i) => [offeredStatus(i), writes(chooseOffered)])),
  'update:open': writes((pressed) => updateForm.open(pressed, numberOf(pressed.value)), onNumber('update')),
  [UPDATE_BACK]: writes(updateForm.back),
};
