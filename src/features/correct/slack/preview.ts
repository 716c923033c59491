import type { KnownBlock } from '@slack/types';
import { type Target, textOf } from '../../../runs/rules/correction.ts';
import { warningAlerts } from '../../../runs/slack/warning-words.ts';
import { authorLine, calculation, ticketParts } from '../../../runs/slack/words.ts';
import { formatMoney } from '../../../shared/money.ts';
import { shorten } from '../../../shared/text.ts';
import { actions, button, header, line, lines, type Part, quote } from '../../../slack/blocks.ts';
import { alert } from '../../../slack/forms/alert.ts';
import { readValues } from '../../../slack/forms/form-values.ts';
import { updateView } from '../../../slack/forms/views.ts';
import { failureReply } from '../../../slack/person.ts';
import { type Action, formOf } from '../../../slack/pressed.ts';
import { previewForm } from '../../tickets/slack/preview-form.ts';
import { priceActions, priceButton, ruleRows } from '../../tickets/slack/price-words.ts';
import type { CorrectChoice } from '../plan.ts';
import type { CorrectPreview } from '../prepare.ts';
import { CORRECT_BACK, CORRECT_FORM, filledInCorrect, parseCorrect } from './form.ts';
import type { CorrectUse } from './use.ts';

const minutesText = (minutes: number): string => `${minutes} min`;

/** What it comes to, or how long it is where nobody knows or is asked. */
const worth = ({ correction: { after }, costs, minutes }: CorrectPreview): string => {
  const cents = after ? costs.after : costs.before;
  return cents === null ? minutesText(minutes.after) : formatMoney(cents);
};

const arrow = (label: string, before: string, after: string): ReadonlyArray<readonly Part[]> =>
  before === after ? [] : [[`${label}: ${before} → `, { bold: after }]];

const priceText = (target: Target): string =>
  target.of === 'line' ? `${calculation(target)}${target.taxable ? ', taxed' : ''}` : '';

const moneyText = (cents: number | null): string => (cents === null ? 'not known' : formatMoney(cents));

/** Only what changes, as it was and as it will be. */
const changeRows = ({ correction, costs, labor, minutes, pricing }: CorrectPreview): ReadonlyArray<readonly Part[]> => {
  const { before, after } = correction;
  if (!after) return [];
  const name = (text: string | null) => shorten(text ?? 'not known', 100);
  return [
    ...arrow('Minutes', minutesText(minutes.before), minutesText(minutes.after)),
    ...arrow('Labor type', name(labor.before), name(labor.after)),
    ...(before.of === 'line'
      ? arrow('Price', priceText(before), priceText(after))
      : arrow('Price', moneyText(costs.before), moneyText(costs.after))),
    ...(pricing ? ruleRows(pricing.price, pricing.labor.word, pricing.wish) : []),
    ...(before.of === 'time_entry' && after.of === 'time_entry' && before.startedAt !== after.startedAt
      ? [['Begins ', { date: after.startedAt }, ' instead of ', { date: before.startedAt }] as const]
      : []),
  ];
};

/** The action ids of the buttons for another price. */
export const PRICE_ACTIONS = priceActions('correct');

/** Another price by the same rules; that no line is billed at all is what `Remove it` does. */
const priceButtons = (pricing: CorrectPreview['pricing']): readonly KnownBlock[] => {
  const all = (pricing?.choices ?? []).flatMap((choice) => (choice.kind === 'not_billable' ? [] : priceButton(choice)));
  const buttons = all
    .slice(0, PRICE_ACTIONS.length)
    .map(({ label, sets }, place) =>
      button(label, PRICE_ACTIONS[place] ?? '', { value: JSON.stringify({ ...sets, chosen: 'yes' }) }),
    );
  return buttons.length === 0 ? [] : [actions('price', buttons)];
};

const textBlocks = ({ before, after }: CorrectPreview['correction']) => {
  const was = textOf(before);
  if (!after) return [quote(was)];
  const now = textOf(after);
  return was === now ? [] : [line('Comment now:'), quote(was), line({ bold: 'Will read:' }), quote(now)];
};

const titleText = (preview: CorrectPreview): string => {
  const { before, after } = preview.correction;
  const what = before.of === 'line' ? 'line' : 'time entry';
  return after ? `Change the ${what}: ${worth(preview)}` : `Remove the ${what}: ${worth(preview)}`;
};

export const correctPreview = previewForm<CorrectUse, CorrectChoice, CorrectPreview>({
  ...{ form: CORRECT_FORM, callbackId: 'correct-preview', back: CORRECT_BACK },
  ...{ title: 'Check and correct', reading: 'the ticket and its invoices' },
  filledIn: filledInCorrect,
  parse: parseCorrect,
  submit: (preview) => `${preview.correction.after ? 'Save' : 'Remove'} ${worth(preview)}`,
  preview: ({ correcting }, ...filledIn) => correcting.preview(...filledIn),
  blocks: (preview, links) => {
    const { ticket, correction, fromEntry, warnings, author } = preview;
    const { before, after } = correction;
    return [
      ...warningAlerts(ticket.number, warnings, links),
      ...(fromEntry && !after
        ? [
            alert('warning', [
              'It was charged from a time entry, which stays charged: nobody will be asked to pay for it.',
            ]),
          ]
        : []),
      ...(before.of === 'line' && before.discounted
        ? [alert('info', ['This line has a discount in Syncro, which the amounts here leave out.'])]
        : []),
      header(titleText(preview)),
      lines(ticketParts(ticket, links), ...changeRows(preview)),
      ...priceButtons(preview.pricing),
      ...textBlocks(correction),
      authorLine(author),
    ];
  },
});

/** `Remove it`: its preview, in the form's place; what was typed waits behind Back. */
export const removeIt: Action<CorrectUse> = async (pressed) => {
  const { deps, use, technician, command, view, triggerId } = pressed;
  const { formId, viewId } = formOf(pressed);
  const look = { formId, preview: `preview:${triggerId}`, alone: true };
  await use.opened.keepDraft(technician, formId, { ...filledInCorrect(readValues(view?.values)), remove: 'yes' }, look);
  await updateView(deps, { id: viewId, hash: null }, correctPreview.loading(look));
  const next = await use.correcting.preview(technician, formId, { remove: true }, look.preview).then(
    (found) => correctPreview.view(look, found, deps.links),
    (error: unknown) =>
      correctPreview.failed(look, failureReply(deps, error, { command, writing: true, who: technician.name })),
  );
  await updateView(deps, { id: viewId, hash: null }, next);
};
