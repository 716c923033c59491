import type { CommentRow } from './rows.ts';
import type { SyncroState } from './state.ts';
import { userJson } from './user-json.ts';

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

/** HTML without its markup, which is what the default `comment_format` shows. */
const plain = (html: string): string =>
  html
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => entities[entity] ?? entity)
    .trim();

/** What makes Syncro treat a body as rich text is not documented: a tag of everyday HTML does here. */
export const looksRich = (body: string): boolean =>
  /<\/?(?:p|br|div|span|b|strong|i|em|u|ul|ol|li|a|h\d|table|pre|code)\b[^>]*>/i.test(body);

/** @param format the `comment_format` parameter: `original` and `richtext` keep the markup */
export const commentJson = (state: SyncroState, row: CommentRow, format: string | null): object => {
  const user = state.users.find((one) => one.id === row.user_id);
  const keep = format === 'original' || format === 'richtext' || !row.is_rich_text;
  return { ...row, body: keep ? row.body : plain(row.body), user: user ? userJson(user) : {} };
};
