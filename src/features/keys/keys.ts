import { type Feature, type Rows, withUse } from '../../slack/feature.ts';
import { createKeyUses } from './key-uses.ts';
import { connectButtons, connectCommand, disconnectCommand, type KeysUse, whoamiCommand } from './slack/commands.ts';
import { connectForms } from './slack/connect-submit.ts';

/** Connects people's own Syncro keys, and says who is who. */
export const keysRows: Rows<KeysUse> = {
  commands: [connectCommand, disconnectCommand, whoamiCommand],
  buttons: connectButtons,
  forms: connectForms,
};

type Deps = Parameters<typeof createKeyUses>[0] & Pick<KeysUse, 'carryOn'>;

export const createKeyFeature = (deps: Deps): Feature => ({
  rows: withUse<KeysUse>({ keys: createKeyUses(deps), carryOn: deps.carryOn }, keysRows),
});
