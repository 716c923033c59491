import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A migrated, empty database to make others from, on the one server of this test run. */
export type Template = { readonly url: string; readonly prefix: string };

/** Where test files ask for it. */
export const ASK_AT = 'SYNCRO_SLACK_TEST_POSTGRES';

export const databaseAt = (url: string, name: string): string => {
  const at = new URL(url);
  at.pathname = `/${name}`;
  return at.href;
};

let made: ReturnType<typeof import('./template.ts').makeTemplate> | null = null;
let server: Server | null = null;

/** Starts nothing and loads nothing yet: every run of the tests waits for this, most of a single file need no Postgres. */
export const offerServer = async (): Promise<void> => {
  const offering = createServer((_, res) => {
    made ??= import('./template.ts').then(({ makeTemplate }) => makeTemplate());
    made.then(
      ({ template }) => res.end(JSON.stringify(template)),
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => offering.listen(0, '127.0.0.1', done));
  offering.unref();
  server = offering;
  process.env[ASK_AT] = `http://127.0.0.1:${(offering.address() as AddressInfo).port}`;
};

export const closeServer = async (): Promise<void> => {
  server?.closeAllConnections();
  server?.close();
  await (await made?.catch(() => null))?.close();
};
