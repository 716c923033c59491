import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCK_METHODS } from './api-blocks.ts';
import { CHAT_METHODS, type Method } from './api-chat.ts';
import { DIRECTORY_METHODS } from './api-directory.ts';
import { ENTITY_METHODS } from './api-entity.ts';
import { createFiles } from './api-files.ts';
import { SCHEDULE_METHODS } from './api-schedule.ts';
import { UNFURL_METHODS } from './api-unfurl.ts';
import { VIEW_METHODS } from './api-views.ts';
import { type ApiCall, type Core, refusal } from './core.ts';
import type { Faults, RateLimits } from './faults.ts';
import { type Json, jsonOf, parseJson, textOf } from './json.ts';
import { resolveChannel } from './messages.ts';
import { missingScopes } from './method-scopes.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketDelivery } from './socket-delivery.ts';
import { readArgs, readBody, readUpload } from './web-args.ts';

/** Answers a request and returns true, or leaves it alone and returns false. For pages beside the API. */
export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

export type ServerParts = {
  readonly core: Core;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketDelivery;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly routes: readonly Route[];
};

const sendJson = (response: ServerResponse, status: number, json: Json, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(json));
};

const NEEDS_NO_TOKEN = new Set(['api.test', 'blocks.validate']);

const refuseToken = ({ settings }: Core, method: string, token: string | undefined): Json | undefined => {
  if (NEEDS_NO_TOKEN.has(method)) return undefined;
  if (token === undefined) return refusal('not_authed');
  const wantsApp = method === 'apps.connections.open';
  if (token === (wantsApp ? settings.appToken : settings.botToken)) return undefined;
  const wrongKind = token === settings.appToken || token === settings.botToken;
  return refusal(wrongKind ? 'not_allowed_token_type' : 'invalid_auth');
};

const refuseScope = (core: Core, method: string, args: Json): Json | undefined => {
  const { scopes, declined } = core.settings;
  const missing = scopes && missingScopes(method, scopes, resolveChannel(core, args.channel)?.kind);
  if (!missing) return undefined;
  const needed = missing.join(',');
  if (!missing.some((scope) => declined.includes(scope))) core.problems.push(`${method}: missing scope ${needed}`);
  return refusal('missing_scope', [], { needed, provided: scopes.join(',') });
};

/** Slack's side of the wire: Web API, response URLs, files and the sockets. */
export const createSlackServer = (parts: ServerParts): Server => {
  const { core, responseUrls, socket, faults, rateLimits } = parts;
  const files = createFiles();
  const methods: Readonly<Record<string, Method>> = {
    ...CHAT_METHODS,
    ...SCHEDULE_METHODS,
    ...UNFURL_METHODS,
    ...BLOCK_METHODS,
    ...ENTITY_METHODS,
    ...VIEW_METHODS,
    ...DIRECTORY_METHODS,
    ...files.methods,
    'api.test': (_core, args) => ({ ok: true, args }),
    'apps.connections.open': () => ({ ok: true, url: socket.ticket() }),
  };

  const note = (method: string, args: Json, answer: Json): void => {
    const ok = answer.ok === true;
    const call: ApiCall = { method, args, at: core.clock.now(), ok, answer };
    if (!ok) call.error = textOf(answer.error);
    core.calls.push(call);
    core.changes.changed();
  };

  const perform = (name: string, args: Json, token: string | undefined): Json => {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) {
      core.problems.push(`${name}: unknown method`);
      return refusal('unknown_method', [], { req_method: name });
    }
    return refuseToken(core, name, token) ?? refuseScope(core, name, args) ?? method(core, args);
  };

  const api = async (request: IncomingMessage, response: ServerResponse, name: string): Promise<void> => {
    const { args, token } = await readArgs(request);
    const fault = faults.take(name);
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.committed) perform(name, args, token);
    const channel = textOf(args.channel);
    const waitSeconds =
      rateLimits.check(name, channel) ?? (fault?.status === 429 ? (fault.retryAfter ?? 1) : undefined);
    if (waitSeconds !== undefined) {
      note(name, args, refusal('ratelimited'));
      sendJson(response, 429, refusal('ratelimited'), { 'retry-after': String(waitSeconds) });
    } else if (fault?.status !== undefined) {
      note(name, args, refusal(`http_${fault.status}`));
      sendJson(response, fault.status, refusal('internal_error'));
    } else {
      const answer = fault?.error === undefined ? perform(name, args, token) : refusal(fault.error);
      note(name, args, answer);
      // Every answer of Slack's says what the token may do.
      const { scopes } = core.settings;
      sendJson(response, 200, answer, scopes ? { 'x-oauth-scopes': scopes.join(',') } : {});
    }
  };

  const respond = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const body = jsonOf(parseJson((await readBody(request)).toString('utf8')));
    const fault = faults.take('response_url');
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    const failed = fault?.status ?? (fault?.error === undefined ? undefined : 404);
    const answer =
      failed === undefined
        ? responseUrls.use(id, body)
        : { status: failed, json: refusal(fault?.error ?? 'internal_error') };
    note('response_url', body, answer.json);
    sendJson(response, answer.status, answer.json);
  };

  const file = async (request: IncomingMessage, response: ServerResponse, kind: string, id: string): Promise<void> => {
    if (kind === 'upload') {
      response.writeHead(files.upload(id, await readUpload(request)) ? 200 : 404).end('OK');
      return;
    }
    const stored = files.download(id);
    const allowed = request.headers.authorization === `Bearer ${core.settings.botToken}`;
    if (allowed && stored?.content) response.writeHead(200).end(stored.content);
    else response.writeHead(allowed ? 404 : 403).end();
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
    const [, folder = '', name = ''] = pathname.split('/');
    if (folder === 'api' && name !== '') return api(request, response, name);
    if (folder === 'response' && request.method === 'POST') return respond(request, response, name);
    if (folder === 'upload' || folder === 'files') return file(request, response, folder, name);
    if (parts.routes.some((each) => each(request, response))) return;
    sendJson(response, 404, refusal('not_found'));
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      core.problems.push(`sandbox: ${String(error)}`);
      if (!response.headersSent) sendJson(response, 500, refusal('internal_error'));
    });
  });
  server.on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
  return server;
};
