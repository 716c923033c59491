import type { Check, Checks } from './check.ts';
import { typedInput } from './element-fields.ts';
import { list, object } from './structures.ts';
import { id } from './text.ts';
import { any, boolean, integer, string } from './values.ts';

/** Elements that people type into, and the one for files: they stand in forms only. */
export const TYPED: Checks = {
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
export const richTextInput = (): Check =>
  object({
    may: { ...typedInput, initial_value: any, min_lines: integer(1, 100), max_lines: integer(1, 100) },
  });
