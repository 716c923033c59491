import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const time = (value: string): Buffer => der(0x18, Buffer.from(value));

/** A certificate for 127.0.0.1, made anew for each run: no private key lies in the repository. */
export const selfSigned = (): { readonly key: string; readonly cert: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ed25519 = sequence(der(0x06, [0x2b, 0x65, 0x70]));
  const commonName = sequence(der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from('sandbox')));
  const name = sequence(der(0x31, commonName));
  const addresses = sequence(der(0x87, [127, 0, 0, 1]), der(0x82, Buffer.from('localhost')));
  const alternativeNames = sequence(der(0x06, [0x55, 0x1d, 0x11]), der(0x04, addresses));
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, [1]),
    ed25519,
    name,
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames)),
  );
  const whole = sequence(body, ed25519, der(0x03, [0], sign(null, body, privateKey)));
  const lines = whole.toString('base64').replace(/(.{64})/g, '$1\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
};
