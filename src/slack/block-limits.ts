/**
 * Slack's limits on blocks, views and messages, as values that production, the stand-in and tests all ask.
 * No package on npm validates them (slack-block-builder and jsx-slack let 60 sections of 4,000 characters pass).
 * Input is `unknown` on purpose: what comes in may be anything, and nothing here throws.
 * Lengths are UTF-16 units: whether Slack counts an astral character once or twice is not documented.
 * @see https://docs.slack.dev/reference/block-kit
 */

/** `pointer` is a JSON pointer into what was given: `/blocks/0/text/text`. */
export type BlockProblem = { readonly message: string; readonly pointer: string };
export type Surface = 'message' | 'modal' | 'home';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, at: string, out: BlockProblem[]) => void;
type Shape = { readonly need?: Readonly<Record<string, Check>>; readonly may?: Readonly<Record<string, Check>> };

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: unknown): string => (isObject(value) && typeof value.type === 'string' ? value.type : '');
const has = (fields: Readonly<Record<string, unknown>>, key: string): boolean => Object.hasOwn(fields, key);

const any: Check = () => {};

const string =
  (max: number, min = 1): Check =>
  (value, at, out) => {
    if (typeof value !== 'string') out.push({ message: 'must provide a string', pointer: at });
    else if (value.length < min) out.push({ message: `must be more than ${min - 1} characters`, pointer: at });
    else if (value.length > max) out.push({ message: `must be less than ${max + 1} characters`, pointer: at });
  };

const pattern =
  (regExp: RegExp, message: string): Check =>
  (value, at, out) => {
    if (typeof value !== 'string' || !regExp.test(value)) out.push({ message, pointer: at });
  };

const boolean: Check = (value, at, out) => {
  if (typeof value !== 'boolean') out.push({ message: 'must provide a boolean', pointer: at });
};

const integer =
  (min: number, max: number): Check =>
  (value, at, out) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      out.push({ message: 'must provide an integer', pointer: at });
    } else if (value < min || value > max) {
      out.push({ message: `must be between ${min} and ${max}`, pointer: at });
    }
  };

const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, at, out) => {
    if (!allowed.includes(value)) out.push({ message: 'must be a valid enum value', pointer: at });
  };

const list =
  (item: Check, min: number, max: number): Check =>
  (value, at, out) => {
    if (!Array.isArray(value)) {
      out.push({ message: 'must provide an array', pointer: at });
      return;
    }
    if (value.length > max) out.push({ message: `no more than ${max} items allowed`, pointer: at });
    if (value.length < min) out.push({ message: `no fewer than ${min} items allowed`, pointer: at });
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, out);
  };

const object =
  (shape: Shape): Check =>
  (value, at, out) => {
    if (!isObject(value)) {
      out.push({ message: 'must provide an object', pointer: at });
      return;
    }
    const need = shape.need ?? {};
    const may = shape.may ?? {};
    for (const key of Object.keys(need)) {
      if (value[key] === undefined) out.push({ message: `missing required field: ${key}`, pointer: at });
    }
    for (const [key, entry] of Object.entries(value)) {
      if (entry === undefined || key === 'type') continue;
      const check = has(need, key) ? need[key] : has(may, key) ? may[key] : undefined;
      if (check) check(entry, `${at}/${key}`, out);
      else out.push({ message: `invalid additional property: ${key}`, pointer: at });
    }
  };

/** Looks the check up by `type`; a type outside the table is refused as Slack refuses it. */
const typed =
  (table: () => Readonly<Record<string, Check>>): Check =>
  (value, at, out) => {
    if (!isObject(value)) {
      out.push({ message: 'must provide an object', pointer: at });
      return;
    }
    const checks = table();
    const type = typeOf(value);
    const check = has(checks, type) ? checks[type] : undefined;
    if (check) check(value, at, out);
    else out.push({ message: `unsupported type: ${type || String(value.type)}`, pointer: `${at}/type` });
  };

const both =
  (...checks: readonly Check[]): Check =>
  (value, at, out) => {
    for (const check of checks) check(value, at, out);
  };

// --- composition objects -------------------------------------------------------------------------------------------

const plainShape = (max: number, min: number): Check =>
  object({ need: { text: string(max, min) }, may: { emoji: boolean } });
const mrkdwnShape = (max: number, min: number): Check =>
  object({ need: { text: string(max, min) }, may: { verbatim: boolean } });
const plain = (max: number): Check => typed(() => ({ plain_text: plainShape(max, 1) }));
const text = (max: number, min = 1): Check =>
  typed(() => ({ plain_text: plainShape(max, min), mrkdwn: mrkdwnShape(max, min) }));

const url = (max = 3000): Check => both(string(max), pattern(/^[a-z][a-z0-9+.-]*:/i, 'must be a valid url'));
const slackFile = object({ may: { id: string(255), url: url() } });
const confirm = object({
  need: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) },
  may: { style: oneOf('primary', 'danger') },
});
/** An option's value is 75 characters long at most: ids only, never data. */
const option = (words: Check): Check =>
  object({ need: { text: words, value: string(75) }, may: { description: text(75), url: url() } });
const plainOption = option(plain(75));
const richOption = option(text(75));
const optionGroup = object({ need: { label: plain(75), options: list(plainOption, 1, 100) } });

// --- elements ------------------------------------------------------------------------------------------------------

const id = string(255);
const focus = { focus_on_load: boolean };
const common = { action_id: id, confirm };
const placed = { ...common, ...focus, placeholder: plain(150) };
const date = pattern(/^\d{4}-\d\d-\d\d$/, 'must be a valid date');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time');
const dispatch = {
  dispatch_action_config: object({
    may: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
  }),
};
const typedInput = { action_id: id, ...focus, placeholder: plain(150), ...dispatch };

const sameOption = (a: unknown, b: unknown): boolean =>
  isObject(a) &&
  isObject(b) &&
  a.value === b.value &&
  isObject(a.text) &&
  isObject(b.text) &&
  a.text.text === b.text.text;

const offered = (element: Fields): readonly unknown[] => {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const grouped = groups.flatMap((group) => (isObject(group) && Array.isArray(group.options) ? group.options : []));
  return Array.isArray(element.options) ? [...element.options, ...grouped] : grouped;
};

/** A preset that is not literally one of the options makes Slack refuse the whole view. */
const presetIsOffered: Check = (value, at, out) => {
  if (!isObject(value)) return;
  const options = offered(value);
  const known = (preset: unknown): boolean => options.some((each) => sameOption(each, preset));
  if (value.initial_option !== undefined && !known(value.initial_option)) {
    out.push({ message: 'must match one of the available options', pointer: `${at}/initial_option` });
  }
  const presets = Array.isArray(value.initial_options) ? value.initial_options : [];
  for (const [index, preset] of presets.entries()) {
    if (!known(preset)) {
      out.push({ message: 'must match one of the available options', pointer: `${at}/initial_options/${index}` });
    }
  }
};

const optionsOrGroups: Check = (value, at, out) => {
  if (!isObject(value)) return;
  const given = [value.options, value.option_groups].filter((each) => each !== undefined).length;
  if (given !== 1) out.push({ message: 'must define exactly one of options and option_groups', pointer: at });
};

const select = (may: Readonly<Record<string, Check>>): Check => object({ may: { ...placed, ...may } });
const staticSelect = (may: Readonly<Record<string, Check>>): Check =>
  both(
    select({ options: list(plainOption, 1, 100), option_groups: list(optionGroup, 1, 100), ...may }),
    optionsOrGroups,
    presetIsOffered,
  );
const multi = { max_selected_items: integer(1, 100) };
const ids = list(id, 0, 100);
const conversationFilter = {
  default_to_current_conversation: boolean,
  filter: object({
    may: {
      include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
      exclude_external_shared_channels: boolean,
      exclude_bot_users: boolean,
    },
  }),
};
const respondable = { response_url_enabled: boolean };

const image = object({ need: { alt_text: string(2000) }, may: { image_url: url(), slack_file: slackFile } });
const button = object({
  need: { text: plain(75) },
  may: {
    ...common,
    value: string(2000),
    url: url(),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  },
});
const feedback = object({ need: { text: plain(75), value: string(2000) }, may: { accessibility_label: string(75) } });

const INTERACTIVE: Readonly<Record<string, Check>> = {
  checkboxes: both(
    object({
      need: { options: list(richOption, 1, 10) },
      may: { ...common, ...focus, initial_options: list(richOption, 1, 10) },
    }),
    presetIsOffered,
  ),
  radio_buttons: both(
    object({ need: { options: list(richOption, 1, 10) }, may: { ...common, ...focus, initial_option: richOption } }),
    presetIsOffered,
  ),
  datepicker: select({ initial_date: date }),
  datetimepicker: object({ may: { ...common, ...focus, initial_date_time: integer(1_000_000_000, 9_999_999_999) } }),
  timepicker: select({ initial_time: time, timezone: string(100) }),
  static_select: staticSelect({ initial_option: plainOption }),
  multi_static_select: staticSelect({ initial_options: list(plainOption, 1, 100), ...multi }),
  external_select: select({ initial_option: plainOption, min_query_length: integer(0, 150) }),
  multi_external_select: select({
    initial_options: list(plainOption, 1, 100),
    min_query_length: integer(0, 150),
    ...multi,
  }),
  users_select: select({ initial_user: id }),
  multi_users_select: select({ initial_users: ids, ...multi }),
  channels_select: select({ initial_channel: id, ...respondable }),
  multi_channels_select: select({ initial_channels: ids, ...multi }),
  conversations_select: select({ initial_conversation: id, ...conversationFilter, ...respondable }),
  multi_conversations_select: select({ initial_conversations: ids, ...conversationFilter, ...multi }),
};
const PRESSED: Readonly<Record<string, Check>> = {
  button,
  overflow: object({ need: { options: list(plainOption, 1, 5) }, may: common }),
  workflow_button: object({
    need: { text: plain(75), workflow: any },
    may: { action_id: id, confirm, style: oneOf('primary', 'danger'), accessibility_label: string(75) },
  }),
};
const TYPED: Readonly<Record<string, Check>> = {
  plain_text_input: object({
    may: {
      ...typedInput,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
  }),
  email_text_input: object({ may: { ...typedInput, initial_value: string(3000, 0) } }),
  url_text_input: object({ may: { ...typedInput, initial_value: string(3000, 0) } }),
  number_input: object({
    need: { is_decimal_allowed: boolean },
    may: { ...typedInput, initial_value: string(100), min_value: string(100), max_value: string(100) },
  }),
  file_input: object({ may: { action_id: id, filetypes: list(string(100), 1, 100), max_files: integer(1, 10) } }),
};
const richTextInput = (): Check =>
  object({
    may: { ...typedInput, initial_value: any, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  });

// --- rich text: its text is literal, so nothing in it needs escaping ------------------------------------------------

const inline = (need: Readonly<Record<string, Check>>, may: Readonly<Record<string, Check>> = {}): Check =>
  object({ need, may: { ...may, style: richStyle } });
const richStyle = object({
  may: { bold: boolean, italic: boolean, strike: boolean, code: boolean, underline: boolean, highlight: boolean },
});
const RICH_INLINE: Readonly<Record<string, Check>> = {
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
const RICH_SECTION: Readonly<Record<string, Check>> = { rich_text_section: object({ need: { elements: inlines } }) };
const border = { border: integer(0, 1) };
const RICH: Readonly<Record<string, Check>> = {
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

// --- blocks --------------------------------------------------------------------------------------------------------

const block = (shape: Shape): Check => object({ ...shape, may: { ...shape.may, block_id: id } });
const elements = (table: () => Readonly<Record<string, Check>>, min: number, max: number): Check =>
  list(typed(table), min, max);

const richText = block({ need: { elements: elements(() => RICH, 1, 1000) } });
const rawText = object({ need: { text: string(10_000, 0) } });
const rawNumber = object({ need: { value: any }, may: { text: string(255) } });
const cells: () => Readonly<Record<string, Check>> = () => ({
  raw_text: rawText,
  raw_number: rawNumber,
  rich_text: richText,
});
const tableRows = list(list(typed(cells), 1, 20), 1, 100);

const equalRows: Check = (value, at, out) => {
  if (!Array.isArray(value)) return;
  const width = Array.isArray(value[0]) ? value[0].length : 0;
  for (const [index, row] of value.entries()) {
    if (Array.isArray(row) && row.length !== width) {
      out.push({ message: 'must have the same number of cells as the header', pointer: `${at}/${index}` });
    }
  }
};

const sectionHasWords: Check = (value, at, out) => {
  if (isObject(value) && value.text === undefined && value.fields === undefined) {
    out.push({ message: 'missing required field: text', pointer: at });
  }
};
const oneImage: Check = (value, at, out) => {
  if (!isObject(value)) return;
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    out.push({ message: 'must define exactly one of image_url and slack_file', pointer: at });
  }
};
const imageElement = both(image, oneImage);
const withImages = (table: Readonly<Record<string, Check>>) => (): Readonly<Record<string, Check>> => ({
  ...table,
  image: imageElement,
});

const card = block({
  may: {
    hero_image: imageElement,
    icon: imageElement,
    title: text(150),
    subtitle: text(150),
    body: text(200),
    actions: list(
      typed(() => ({ button })),
      1,
      25,
    ),
  },
});
const taskCard = block({
  need: { task_id: id, title: string(3000), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  may: { details: richText, output: richText, sources: any },
});

const CLASSIC: Readonly<Record<string, Check>> = {
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
const MESSAGE_ONLY: Readonly<Record<string, Check>> = {
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
const CARDS: Readonly<Record<string, Check>> = {
  card,
  carousel: block({ need: { elements: elements(() => ({ card }), 1, 10) } }),
};
const MODAL_ONLY: Readonly<Record<string, Check>> = {
  alert: block({
    need: { text: text(3000) },
    may: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
};
/** Where a block may stand is the stricter of Slack's pages and what live tests saw: table and cards stay out of modals. */
const { table: tableBlock = any, ...CLASSIC_EVERYWHERE } = CLASSIC;
const SURFACES: Readonly<Record<Surface, Readonly<Record<string, Check>>>> = {
  message: { ...CLASSIC_EVERYWHERE, table: tableBlock, ...MESSAGE_ONLY, ...CARDS },
  modal: { ...CLASSIC_EVERYWHERE, ...MODAL_ONLY },
  home: { ...CLASSIC_EVERYWHERE, ...CARDS },
};

const elementsOf = (value: unknown): readonly (readonly [unknown, string])[] => {
  if (!isObject(value)) return [];
  const listed = Array.isArray(value.elements) && typeOf(value) !== 'rich_text' ? value.elements : [];
  return [
    ...listed.map((each, index) => [each, `/elements/${index}`] as const),
    ...(value.accessory === undefined ? [] : [[value.accessory, '/accessory'] as const]),
    ...(value.element === undefined ? [] : [[value.element, '/element'] as const]),
  ];
};

const checkIds = (blocks: readonly unknown[], surface: Surface, at: string, out: BlockProblem[]): void => {
  const blockIds = new Set<string>();
  let focused = 0;
  for (const [index, each] of blocks.entries()) {
    const blockId = isObject(each) && typeof each.block_id === 'string' ? each.block_id : undefined;
    if (blockId !== undefined && blockIds.has(blockId)) {
      out.push({ message: `\`block_id\` "${blockId}" already exists`, pointer: `${at}/${index}/block_id` });
    }
    if (blockId !== undefined) blockIds.add(blockId);
    const actionIds = new Set<string>();
    for (const [element, where] of elementsOf(each)) {
      if (!isObject(element)) continue;
      if (element.focus_on_load === true && ++focused > 1) {
        out.push({ message: 'only one element may have focus_on_load', pointer: `${at}/${index}${where}` });
      }
      if (surface !== 'modal' && has(TYPED, typeOf(element)) && typeOf(element) !== 'plain_text_input') {
        out.push({ message: `unsupported type: ${typeOf(element)}`, pointer: `${at}/${index}${where}/type` });
      }
      const actionId = element.action_id;
      if (typeof actionId !== 'string') continue;
      if (actionIds.has(actionId)) {
        const message = `\`action_id\` "${actionId}" already exists`;
        out.push({ message, pointer: `${at}/${index}${where}/action_id` });
      }
      actionIds.add(actionId);
    }
  }
};

const checkMessageTotals = (blocks: readonly unknown[], at: string, out: BlockProblem[]): void => {
  const markdown = blocks.filter((each) => typeOf(each) === 'markdown');
  const length = markdown.reduce<number>(
    (sum, each) => sum + (isObject(each) && typeof each.text === 'string' ? each.text.length : 0),
    0,
  );
  if (length > 12_000) out.push({ message: 'must be less than 12001 characters of markdown', pointer: at });
  const tables = blocks.filter((each) => typeOf(each) === 'table');
  if (tables.length > 1) out.push({ message: 'only one table allowed', pointer: at });
  const cellsLength = tables.reduce<number>((sum, each) => sum + cellCharacters(each), 0);
  if (cellsLength > 10_000) out.push({ message: 'must be less than 10001 characters in tables', pointer: at });
};

const cellCharacters = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + cellCharacters(each), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  return own + cellCharacters(value.rows) + cellCharacters(value.elements);
};

const checkList = (blocks: unknown, surface: Surface, at: string, out: BlockProblem[]): void => {
  list(
    typed(() => SURFACES[surface]),
    surface === 'message' ? 0 : 1,
    surface === 'message' ? 50 : 100,
  )(blocks, at, out);
  if (!Array.isArray(blocks)) return;
  checkIds(blocks, surface, at, out);
  if (surface === 'message') checkMessageTotals(blocks, at, out);
};

/** Hostile input may nest without end; Slack refuses it long before the stack does. */
const guarded = (run: (out: BlockProblem[]) => void): readonly BlockProblem[] => {
  const out: BlockProblem[] = [];
  try {
    run(out);
  } catch {
    out.push({ message: 'failed to match all allowed schemas', pointer: '' });
  }
  return out;
};

/** What Slack would refuse in a list of blocks; pointers start at `/blocks`. Empty: nothing. */
export const checkBlocks = (blocks: unknown, surface: Surface): readonly BlockProblem[] =>
  guarded((out) => checkList(blocks, surface, '/blocks', out));

const attachment: Check = (value, at, out) => {
  if (!isObject(value)) out.push({ message: 'must provide an object', pointer: at });
  else if (value.blocks !== undefined) checkList(value.blocks, 'message', `${at}/blocks`, out);
};

/**
 * What Slack would refuse in a message. `text` longer than 4,000 characters counts: `chat.update` refuses it, and a
 * message that can't be updated is of no use to us. A message with blocks still needs `text` for notifications.
 */
export const checkMessage = (message: {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
}): readonly BlockProblem[] =>
  guarded((out) => {
    if (message.text !== undefined && message.text !== null) string(4000, 0)(message.text, '/text', out);
    if (message.blocks !== undefined && message.blocks !== null) checkList(message.blocks, 'message', '/blocks', out);
    if (message.attachments !== undefined && message.attachments !== null) {
      list(attachment, 0, 100)(message.attachments, '/attachments', out);
    }
  });

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
