import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands between the app and a real Postgres and cuts what goes through it. */
export type CuttingProxy = {
  readonly url: string;
  /** The next statement that contains this is carried out, and its answer is lost with the connection. */
  readonly loseAnswerTo: (text: string, times?: number) => void;
  /** How many answers were lost. */
  readonly lost: () => number;
  /** Every connection is cut and none is taken until it is up again. */
  readonly down: (isDown: boolean) => void;
  readonly close: () => Promise<void>;
};

export const startCuttingProxy = async (url: string): Promise<CuttingProxy> => {
  const target = new URL(url);
  const orders: string[] = [];
  const open = new Set<Socket>();
  let isDown = false;
  let lost = 0;

  const server = createServer((client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const behind = connect(Number(target.port), target.hostname);
    let deaf = false;
    const both = [client, behind];
    for (const socket of both) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      const order = orders.findIndex((text) => chunk.includes(text));
      if (order >= 0) {
        orders.splice(order, 1);
        deaf = true;
      }
      behind.write(chunk);
    });
    behind.on('data', (chunk: Buffer) => {
      // The server answers when it has committed.
      if (deaf) {
        lost += 1;
        client.destroy();
      } else client.write(chunk);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = new URL(url);
  at.port = String((server.address() as AddressInfo).port);
  const cutAll = (): void => {
    for (const socket of [...open]) socket.destroy();
  };
  return {
    url: at.href,
    loseAnswerTo: (text, times = 1) => void orders.push(...Array.from({ length: times }, () => text)),
    lost: () => lost,
    down: (value) => {
      isDown = value;
      if (isDown) cutAll();
    },
    close: async () => {
      cutAll();
      await new Promise((done) => server.close(done));
    },
  };
};
