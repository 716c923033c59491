import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Heard = {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type LocalServer = {
  readonly baseUrl: string;
  readonly port: number;
  readonly heard: readonly Heard[];
  /** Connections that were opened, also those on which nothing was asked. */
  readonly sockets: ReadonlySet<Socket>;
  readonly close: () => Promise<void>;
};

type Play = (response: ServerResponse, heard: Heard, count: number) => void;

/** A server that does to each request what the test says; `count` starts at 1. */
export const serve = async (
  play: Play,
  create: (listener: RequestListener) => ReturnType<typeof createServer> = createServer,
): Promise<LocalServer> => {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const server = create((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      heard.push(entry);
      play(response, entry, heard.length);
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { baseUrl: `http://127.0.0.1:${port}/api/v1`, port, heard, sockets, close };
};

export const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

export const html = (response: ServerResponse, status: number, page = '<html><title>Oops</title></html>'): void => {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(page);
};

/** Two free-standing facts in one: nobody listens on this port now. */
export const deadUrl = async (): Promise<string> => {
  const server = await serve(() => undefined);
  await server.close();
  return server.baseUrl;
};
