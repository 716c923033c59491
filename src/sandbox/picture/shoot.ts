import { messageValues } from '../slack/messages.ts';
import type { Modal, SeenMessage } from '../slack/slack.ts';
import type { View } from '../slack/workspace.ts';
import type { Shown } from './shown.ts';
import { messageTree, viewTree } from './surfaces.ts';
import { h, type Tree } from './tree.ts';

/** What a picture shows: something that a person sees now. */
export type Shot =
  | { readonly message: SeenMessage }
  | { readonly modal: Pick<Modal, 'raw'> }
  | { readonly home: { readonly raw: View } };

const framed = (size: 'message' | 'modal' | 'home', name: string, tree: Tree): Tree =>
  h('div', { class: `picture ${size}-size`, 'data-name': name }, tree);

/** @param user whose eyes it is seen with */
export const shoot = (shot: Shot, name: string, user: string, shown: Shown): Tree => {
  if ('message' in shot) {
    const { raw, ephemeral } = shot.message;
    const message = { text: raw.text, blocks: raw.blocks, ephemeral, at: shown.now };
    return framed('message', name, messageTree(message, { ...shown, values: messageValues(raw, user) }));
  }
  const { raw } = 'modal' in shot ? shot.modal : shot.home;
  const tree = viewTree(raw.source, { ...shown, values: raw.values, errors: raw.errors });
  return framed('modal' in shot ? 'modal' : 'home', name, tree);
};
