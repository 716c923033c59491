import { type Agent, request } from 'node:http';
import { sign } from '../sandbox/slack/http-delivery.ts';

export type Command = {
  readonly user: string;
  /** Behind `/syncro`. */
  readonly text: string;
  readonly responseUrl: string;
};

export type Target = { readonly port: number; readonly signingSecret: string; readonly agent: Agent };

const bodyOf = ({ user, text, responseUrl }: Command): string =>
  new URLSearchParams({
    token: 'sandbox-verification-token',
    team_id: 'T0SANDBOX',
    channel_id: 'C0GENERAL',
    user_id: user,
    command: '/syncro',
    text,
    api_app_id: 'A0SYNCRO',
    response_url: responseUrl,
    trigger_id: String(process.hrtime.bigint()),
  }).toString();

/** Sends a command as Slack does. @returns whether it was acknowledged */
export const sendCommand = ({ port, signingSecret, agent }: Target, command: Command): Promise<boolean> => {
  const body = bodyOf(command);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(signingSecret, timestamp, body),
  };
  return new Promise((resolve) => {
    const sent = request(
      { host: '127.0.0.1', port, path: '/slack/events', method: 'POST', agent, headers },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode === 200));
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
};
