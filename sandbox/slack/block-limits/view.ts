import { checkList, guarded } from './block-list.ts';
import { type BlockProblem, isObject, typeOf } from './check.ts';
import { object, typed } from './structures.ts';
import { id, plain } from './text.ts';
import { any, boolean, string } from './values.ts';

const viewText = { private_metadata: string(3000, 0), callback_id: id, external_id: string(255, 0) };
const viewBlocks = { blocks: any };
/** Slack accepts the fields that it returned itself only on read; sending them back is refused, as here. */
const modalView = object({
  need: { title: plain(24), ...viewBlocks },
  may: {
    ...viewText,
    submit: plain(24),
    close: plain(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
});
const homeView = object({ need: viewBlocks, may: viewText });

/** What Slack would refuse in a modal or Home view; pointers start at `/title`, `/blocks`, … Empty: nothing. */
export const checkView = (view: unknown): readonly BlockProblem[] =>
  guarded((out) => {
    typed(() => ({ modal: modalView, home: homeView }))(view, '', out);
    if (!isObject(view)) return;
    const surface = typeOf(view) === 'home' ? 'home' : 'modal';
    if (view.blocks !== undefined) checkList(view.blocks, surface, '/blocks', out);
    const inputs = Array.isArray(view.blocks) && view.blocks.some((each) => typeOf(each) === 'input');
    if (surface === 'modal' && inputs && view.submit === undefined) {
      out.push({ message: 'missing required field: submit', pointer: '' });
    }
    // The limit of 250 KB is Slack's; bytes, because it is about the payload and not about what people read.
    if (Buffer.byteLength(JSON.stringify(view)) > 250_000) {
      out.push({ message: 'view is larger than 250000 bytes', pointer: '' });
    }
  });
