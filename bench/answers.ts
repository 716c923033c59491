import { createServer } from 'node:http';

export type Answers = {
  /** Where the answer to this command is to go. */
  readonly urlOf: (n: number) => string;
  readonly close: () => void;
};

/** Takes what the app says to response URLs. `heard` is told of each message. */
export const takeAnswers = async (heard: (n: number, body: string) => void = () => undefined): Promise<Answers> => {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      outgoing.end('ok');
      heard(Number(incoming.url?.slice(1)), Buffer.concat(chunks).toString('utf8'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    urlOf: (n) => `http://127.0.0.1:${port}/${n}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
