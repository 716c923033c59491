import type { Random } from '../../../sandbox/simulation/random.ts';
import type { Modal, SeenMessage } from '../../../sandbox/slack/slack.ts';
import type { FaultKind } from '../../../sandbox/syncro/faults.ts';
import type { SAMPLE_TECHNICIANS } from '../../../sandbox/world.ts';
import { effectsOn } from './effects.ts';
import type { Scene } from './scene.ts';

/** Without lines and invoices in the sample account. */
export const TICKETS = [32149, 32150, 32151, 32152, 32153, 32154, 32155, 32156, 32161, 32163, 32164, 32166];
const FAULT_SHARE = 0.2;
const KINDS: readonly FaultKind[] = [
  'cut-before',
  'cut-after',
  '500-before',
  '500-after',
  'html',
  'empty',
  'garbage-before',
  'truncated',
  '429',
  'late',
  'hang',
];

export type Bill = {
  readonly number: number;
  readonly by: (typeof SAMPLE_TECHNICIANS)[number];
  readonly comment: string;
  preview: Modal | null;
  confirmed: boolean;
  /** How often somebody was asked something. */
  asked: number;
};

export const personOf = ({ slack }: Scene, { by }: Bill) => slack.person(by.id);

/** Every request takes a moment, so that kills hit it in between; a fifth of the writes goes wrong. */
export const disturb = ({ syncro }: Scene, random: Random): (() => number) => {
  let faults = 0;
  syncro.setLatency(() => {
    const request = syncro.requests.at(-1);
    if (request && request.method !== 'GET' && random.chance(FAULT_SHARE)) {
      faults += 1;
      const kind = random.pick(KINDS);
      const method = random.chance(0.8) ? 'POST' : 'PUT';
      syncro.fault({ kind, method, retryAfter: 1, delayMs: 400, committed: random.chance(0.5) });
    }
    return random.between(20, 120);
  });
  return () => faults;
};

/** Somebody who looks into Syncro and answers what they see there. */
const answer = async (scene: Scene, bill: Bill, question: SeenMessage): Promise<void> => {
  const { comments, lines, invoices } = effectsOn(scene.syncro.state, bill.number, bill.comment);
  const asked = /needs you: (?:did|is) the (comment|labor line|invoice)/.exec(question.text)?.[1];
  if (!asked) throw new Error(`Nobody knows what this asks:\n${question.text}`);
  const there = { comment: comments, 'labor line': lines, invoice: invoices }[asked] ?? [];
  await question.click(there.length > 0 ? 'Yes, go on' : 'No, send again');
};

export const latest = (scene: Scene, bill: Bill): SeenMessage | undefined =>
  personOf(scene, bill)
    .dm()
    .findLast(({ text }) => text.includes(`#${bill.number}`));

export const answerQuestions = async (scene: Scene, bills: readonly Bill[]): Promise<number> => {
  let answered = 0;
  for (const bill of bills) {
    const message = latest(scene, bill);
    if (!message || !/needs you: (did|is) the/.test(message.text)) continue;
    answered += 1;
    bill.asked += 1;
    await answer(scene, bill, message);
  }
  return answered;
};

export const isBilled = (scene: Scene, bill: Bill): boolean =>
  /^Billed .* Sent once, confirmed\.$/.test(latest(scene, bill)?.raw.text ?? '');
