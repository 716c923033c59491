import { block, elements } from './block-shape.ts';
import { feedback } from './buttons.ts';
import type { Checks } from './check.ts';
import { CLASSIC } from './classic-blocks.ts';
import { common } from './element-fields.ts';
import { imageElement } from './images.ts';
import { richText } from './rich-text.ts';
import { ids } from './selects.ts';
import { both, list, object, typed } from './structures.ts';
import { cells, equalRows } from './tables.ts';
import { id, plain, text } from './text.ts';
import { any, boolean, integer, oneOf, string } from './values.ts';

const taskCard = block({
  need: { task_id: id, title: string(3000), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  may: { details: richText, output: richText, sources: any },
});

export const MESSAGE_ONLY: Checks = {
  markdown: block({ need: { text: string(12_000) } }),
  file: block({ need: { source: oneOf('remote'), external_id: id } }),
  data_table: block({
    need: { rows: both(list(list(typed(cells), 1, 20), 2, 101), equalRows), caption: string(2000) },
    may: { page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  }),
  container: block({
    need: {
      child_blocks: list(
        typed(() => CLASSIC),
        1,
        10,
      ),
    },
    may: {
      title: plain(150),
      rich_text_title: richText,
      subtitle: text(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
  }),
  context_actions: block({
    need: {
      elements: elements(
        () => ({
          feedback_buttons: object({
            need: { positive_button: feedback, negative_button: feedback },
            may: { action_id: id },
          }),
          icon_button: object({
            need: { icon: string(255), text: plain(75) },
            may: { ...common, value: string(2000), accessibility_label: string(75), visible_to_user_ids: ids },
          }),
        }),
        1,
        5,
      ),
    },
  }),
  task_card: taskCard,
  plan: block({ need: { title: string(3000) }, may: { tasks: list(any, 0, 50) } }),
  data_visualization: any,
};
