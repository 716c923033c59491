import type { Wiring } from './acts-on-commands.ts';
import { checkBlocks } from './block-limits.ts';
import type { Ack } from './core.ts';
import type { Placed } from './elements.ts';
import { setValue, valueFor, valueKey } from './input-values.ts';
import { isJson, type Json, jsonOf, jsonsOf } from './json.ts';
import { messageValues } from './messages.ts';
import { actionPayload, chosenJson, type Place, suggestionPayload } from './payloads.ts';
import type { User } from './workspace.ts';

/** `block_actions` for something that was pressed or chosen. Confirmation dialogs are taken as accepted. */
export const act = (
  { core, delivery, responseUrls }: Wiring,
  user: User,
  place: Place,
  placed: Placed,
  chosen: Json = {},
): Promise<Ack> => {
  const keys =
    place.kind === 'view'
      ? { triggerId: core.triggers.issue(user.id, place.view.id) }
      : {
          triggerId: core.triggers.issue(user.id),
          responseUrl: responseUrls.issue({
            userId: user.id,
            channel: place.message.channel,
            original: place.message,
          }),
        };
  return delivery.send({ kind: 'interactive', payload: actionPayload(core, user, place, placed, chosen, keys) });
};

const tellsTheApp = ({ block, element }: Placed): boolean => {
  if (block.type !== 'input') return true;
  if (block.dispatch_action !== true) return false;
  const triggers = jsonOf(element.dispatch_action_config).trigger_actions_on;
  // Text fields speak up on Enter unless told otherwise; whoever fills in the form goes on with Tab.
  const typed = valueKey(element.type) === 'value';
  return !typed || (Array.isArray(triggers) && triggers.includes('on_character_entered'));
};

/** Puts a value into an input; the app hears of it when Slack would tell it. */
export const enterValue = async (
  wiring: Wiring,
  user: User,
  place: Place,
  placed: Placed,
  value: unknown,
): Promise<Ack | undefined> => {
  const { element, blockId, actionId } = placed;
  if (valueKey(element.type) !== undefined) {
    const values = place.kind === 'view' ? place.view.values : messageValues(place.message, user.id);
    setValue(values, blockId, actionId, valueFor(element, value));
    wiring.core.changes.changed();
  }
  return tellsTheApp(placed) ? act(wiring, user, place, placed, chosenJson(element, value)) : undefined;
};

/** What a typeahead offers for a query. @returns the options, groups flattened, and the ack. */
export const suggest = async (
  { core, delivery }: Wiring,
  user: User,
  place: Place,
  placed: Placed,
  query: string,
): Promise<{ readonly ack: Ack; readonly options: readonly Json[] }> => {
  if (!core.settings.hasOptionsUrl && !delivery.bySocket()) {
    core.problems.push(`${placed.actionId}: the manifest names no message_menu_options_url, so Slack asks nobody`);
    return { ack: { kind: 'block_suggestion', ms: 0, timedOut: false, error: 'no_options_url' }, options: [] };
  }
  const payload = suggestionPayload(core, user, place, placed, query);
  const ack = await delivery.send({ kind: 'interactive', payload });
  if (ack.error !== undefined) return { ack, options: [] };
  const body = jsonOf(ack.body);
  const groups = jsonsOf(body.option_groups);
  const options = [...jsonsOf(body.options), ...groups.flatMap((group) => jsonsOf(group.options))];
  if (!isJson(ack.body) || (body.options === undefined && body.option_groups === undefined)) {
    core.problems.push(`${placed.actionId}: typeahead answered without options`);
  } else if (options.length > 0) {
    const { options: plain, option_groups: grouped } = body;
    const select = { type: 'static_select', action_id: 'x', options: plain, option_groups: grouped };
    for (const { message, pointer } of checkBlocks([{ type: 'actions', elements: [select] }], 'message')) {
      core.problems.push(`${placed.actionId} options: ${message} [${pointer.replace('/blocks/0/elements/0', '')}]`);
    }
  }
  return { ack, options };
};
