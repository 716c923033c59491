import { block, elements } from './block-shape.ts';
import type { Check, Checks } from './check.ts';
import { list, object, typed } from './structures.ts';
import { id, url } from './text.ts';
import { any, boolean, integer, oneOf, string } from './values.ts';

const inline = (need: Checks, may: Checks = {}): Check => object({ need, may: { ...may, style: richStyle } });
const richStyle = object({
  may: { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean, highlight: boolean },
});
const RICH_INLINE: Checks = {
  text: inline({ text: string(3000) }),
  link: inline({ url: url() }, { text: string(3000), unsafe: boolean }),
  emoji: inline({ name: string(255) }, { unicode: string(255), url: url(), skin_tone: integer(1, 6) }),
  user: inline({ user_id: id }),
  usergroup: inline({ usergroup_id: id }),
  team: inline({ team_id: id }),
  channel: inline({ channel_id: id }),
  broadcast: inline({ range: oneOf('here', 'channel', 'everyone') }),
  color: inline({ value: string(20) }),
  date: inline({ timestamp: integer(0, 9_999_999_999), format: string(255) }, { url: url(), fallback: string(3000) }),
};
const inlines = list(
  typed(() => RICH_INLINE),
  0,
  3000,
);
const RICH_SECTION: Checks = { rich_text_section: object({ need: { elements: inlines } }) };
const border = { border: integer(0, 1) };
const RICH: Checks = {
  ...RICH_SECTION,
  rich_text_list: object({
    need: {
      style: oneOf('bullet', 'ordered'),
      elements: list(
        typed(() => RICH_SECTION),
        1,
        1000,
      ),
    },
    may: { ...border, indent: integer(0, 8), offset: integer(0, 100_000) },
  }),
  rich_text_quote: object({ need: { elements: inlines }, may: border }),
  rich_text_preformatted: object({
    need: {
      elements: list(
        typed(() => ({ text: RICH_INLINE.text ?? any, link: RICH_INLINE.link ?? any })),
        0,
        3000,
      ),
    },
    may: { ...border, language: string(50) },
  }),
};

/** Its text is literal, so nothing in it needs escaping. */
export const richText = block({ need: { elements: elements(() => RICH, 1, 1000) } });
