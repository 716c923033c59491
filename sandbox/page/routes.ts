import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { STYLE } from '../picture/style.ts';
import { parseJson } from '../slack/json.ts';
import type { Route } from '../slack/server.ts';
import { readBody } from '../slack/web-args.ts';
import { ACT, type Act, type Outcome } from './acts.ts';
import { documentHtml, SECURITY_HEADERS } from './document.ts';
import type { Live, Parts } from './live.ts';
import { loadModules } from './modules.ts';
import { SWITCH, type Switch } from './switches.ts';

const LOOK = z.object({ as: z.string().max(255), ticket: z.coerce.number().int().min(0) });
export type Look = z.infer<typeof LOOK>;

export type PageParts = {
  readonly act: (act: Act) => Promise<Outcome>;
  readonly set: (given: Switch) => void;
  /** @returns what this person sees now; null: there is no such person. */
  readonly look: (look: Look) => Parts | null;
  readonly live: Live;
};

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
};
const sendJson = (response: ServerResponse, status: number, json: unknown): void =>
  send(response, status, 'application/json', JSON.stringify(json));

/** Another page in the same browser, or one behind a name that was pointed at this machine, gets nothing. */
const isOwn = ({ headers }: IncomingMessage): boolean => {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
};

/** Later ones win. */
const SHEETS = ['base', 'slack', 'dialog', 'syncro', 'narrow'];
const styleSheet = (): string =>
  [STYLE, ...SHEETS.map((name) => readFileSync(new URL(`client/style/${name}.css`, import.meta.url), 'utf8'))].join(
    '\n',
  );

/** The page, its modules, what it shows and what can be done on it. */
export const createPageRoute = ({ act, set, look, live }: PageParts): Route => {
  const modules = loadModules();
  const html = documentHtml(modules);
  const css = styleSheet();

  const take = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
      sendJson(response, 415, { ok: false, error: 'JSON, please.' });
      return;
    }
    const body = parseJson((await readBody(request)).toString('utf8'));
    const given = path === '/page/act' ? ACT.safeParse(body) : SWITCH.safeParse(body);
    if (!given.success) sendJson(response, 400, { ok: false, error: z.prettifyError(given.error) });
    else if ('set' in given.data) {
      set(given.data);
      live.changed();
      sendJson(response, 200, { ok: true });
    } else sendJson(response, 200, await act(given.data));
  };

  const show = (response: ServerResponse, url: URL): void => {
    const asked = LOOK.safeParse(Object.fromEntries(url.searchParams));
    const parts = asked.success ? look(asked.data) : null;
    if (!asked.success || !parts) sendJson(response, 404, { ok: false, error: 'Nobody here has that id.' });
    else if (url.pathname === '/page/snapshot') sendJson(response, 200, parts);
    else live.join(response, () => look(asked.data) ?? {});
  };

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const { pathname } = url;
    if (pathname !== '/' && !pathname.startsWith('/page/')) return false;
    if (!isOwn(request)) {
      sendJson(response, 403, { ok: false, error: 'Only for pages of this machine.' });
    } else if (request.method === 'POST' && (pathname === '/page/act' || pathname === '/page/switch')) {
      take(request, response, pathname).catch((error: unknown) =>
        sendJson(response, 500, { ok: false, error: String(error) }),
      );
    } else if (request.method !== 'GET') {
      return false;
    } else if (pathname === '/') {
      send(response, 200, 'text/html', html);
    } else if (pathname === '/page/style.css') {
      send(response, 200, 'text/css', css);
    } else if (pathname === '/page/snapshot' || pathname === '/page/events') {
      show(response, url);
    } else {
      const source = modules.sources.get(pathname.slice('/page/'.length));
      if (source === undefined) return false;
      send(response, 200, 'text/javascript', source);
    }
    return true;
  };
};
