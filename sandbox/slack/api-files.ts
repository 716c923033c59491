import type { Method } from './api-chat.ts';
import { refusal } from './core.ts';
import { jsonsOf, textOf } from './json.ts';
import { addMessage, resolveChannel } from './messages.ts';

export type StoredFile = { readonly id: string; readonly name: string; content: Buffer | undefined };

export type Files = {
  readonly methods: Readonly<Record<string, Method>>;
  /** @returns whether the id was expected. */
  readonly upload: (id: string, content: Buffer) => boolean;
  readonly download: (id: string) => StoredFile | undefined;
};

/** The upload of three steps: ask for an address, send the bytes there, share. */
export const createFiles = (): Files => {
  const files = new Map<string, StoredFile>();
  const getUploadUrl: Method = (core, args) => {
    const name = textOf(args.filename);
    if (name === '' || !(Number(args.length) > 0)) return refusal('invalid_arguments');
    const id = `F${core.nextId()}`;
    files.set(id, { id, name, content: undefined });
    return { ok: true, upload_url: `${core.url}/upload/${id}`, file_id: id };
  };
  const complete: Method = (core, args) => {
    const stored = jsonsOf(args.files).map((each) => files.get(textOf(each.id)));
    if (stored.length === 0 || stored.some((file) => file?.content === undefined)) return refusal('file_not_found');
    const shown = stored.flatMap((file) => (file ? [file] : []));
    if (args.channel_id !== undefined) {
      const channel = resolveChannel(core, args.channel_id);
      if (!channel) return refusal('channel_not_found');
      const names = shown.map(({ name }) => name).join(', ');
      const text = [textOf(args.initial_comment), names].filter((each) => each !== '').join('\n');
      const threadTs = textOf(args.thread_ts);
      addMessage(core, { channel: channel.id, content: { text }, ...(threadTs === '' ? {} : { threadTs }) });
    }
    const answer = shown.map(({ id, name }) => ({ id, name, title: name, url_private: `${core.url}/files/${id}` }));
    return { ok: true, files: answer };
  };
  return {
    methods: { 'files.getUploadURLExternal': getUploadUrl, 'files.completeUploadExternal': complete },
    upload: (id, content) => {
      const file = files.get(id);
      if (file) file.content = content;
      return file !== undefined;
    },
    download: (id) => files.get(id),
  };
};
