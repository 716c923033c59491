import type { IncomingMessage } from 'node:http';
import { type Json, jsonOf, parseJson } from './json.ts';

const MAX_BODY = 50_000_000;

export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > MAX_BODY) throw new Error('body too large');
    chunks.push(part);
  }
  return Buffer.concat(chunks);
};

/** A file's bytes: the body itself, or the one part of a form, which is how Slack's own client sends it. */
export const readUpload = async (request: IncomingMessage): Promise<Buffer> => {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const part of form.values())
    return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
};

/** Form fields that hold JSON; text that isn't JSON stays text, and the method refuses it. */
const JSON_FIELDS = new Set([
  'blocks',
  'attachments',
  'message',
  'view',
  'metadata',
  'unfurls',
  'error',
  'files',
  'channels',
  'users',
]);

const fromForm = (params: URLSearchParams): Json =>
  Object.fromEntries(
    [...params].map(([key, value]) => {
      if (JSON_FIELDS.has(key)) return [key, parseJson(value) ?? value];
      if (value === 'true' || value === 'false') return [key, key === 'text' ? value : value === 'true'];
      return [key, value];
    }),
  );

/** The arguments of a Web API call: query, form (JSON in fields) or JSON. A `token` argument is taken out. */
export const readArgs = async (
  request: IncomingMessage,
): Promise<{ readonly args: Json; readonly token: string | undefined }> => {
  const query = fromForm(new URL(request.url ?? '/', 'http://sandbox').searchParams);
  const body = (await readBody(request)).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  const sent = type.startsWith('application/json') ? jsonOf(parseJson(body)) : fromForm(new URLSearchParams(body));
  const { token, ...args }: Json = { ...query, ...sent };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return { args, token: bearer ?? (typeof token === 'string' && token !== '' ? token : undefined) };
};
