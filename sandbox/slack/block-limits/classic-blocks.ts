import { block, elements } from './block-shape.ts';
import { PRESSED } from './buttons.ts';
import { type Check, type Checks, isObject } from './check.ts';
import { INTERACTIVE } from './choices.ts';
import { oneImage, slackFile, withImages } from './images.ts';
import { richTextInput, TYPED } from './inputs.ts';
import { richText } from './rich-text.ts';
import { both, list, object, typed } from './structures.ts';
import { tableRows } from './tables.ts';
import { mrkdwnShape, plain, plainShape, text, url } from './text.ts';
import { boolean, integer, oneOf, string } from './values.ts';

const sectionHasWords: Check = (value, at, out) => {
  if (isObject(value) && value.text === undefined && value.fields === undefined) {
    out.push({ message: 'missing required field: text', pointer: at });
  }
};
/** The blocks of old; all but `table` may stand anywhere. */
export const CLASSIC: Checks = {
  section: both(
    block({
      may: {
        text: text(3000),
        fields: list(text(2000), 1, 10),
        accessory: typed(withImages({ ...INTERACTIVE, ...PRESSED })),
        expand: boolean,
      },
    }),
    sectionHasWords,
  ),
  header: block({ need: { text: plain(150) }, may: { level: integer(1, 6) } }),
  divider: block({}),
  context: block({
    need: {
      elements: elements(withImages({ plain_text: plainShape(3000, 1), mrkdwn: mrkdwnShape(3000, 1) }), 1, 10),
    },
  }),
  actions: block({
    need: { elements: elements(() => ({ ...INTERACTIVE, ...PRESSED, rich_text_input: richTextInput() }), 1, 25) },
  }),
  image: both(
    block({
      need: { alt_text: string(2000) },
      may: { image_url: url(), slack_file: slackFile, title: plain(2000) },
    }),
    oneImage,
  ),
  input: block({
    need: {
      label: plain(2000),
      element: typed(() => ({ ...INTERACTIVE, ...TYPED, rich_text_input: richTextInput() })),
    },
    may: { hint: plain(2000), optional: boolean, dispatch_action: boolean },
  }),
  rich_text: richText,
  video: block({
    need: { video_url: url(), thumbnail_url: url(), alt_text: string(2000), title: plain(199) },
    may: {
      title_url: url(),
      author_name: string(50),
      provider_name: string(255),
      provider_icon_url: url(),
      description: plain(200),
    },
  }),
  table: block({
    need: { rows: tableRows },
    may: {
      column_settings: list(object({ may: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean } }), 0, 20),
    },
  }),
};
