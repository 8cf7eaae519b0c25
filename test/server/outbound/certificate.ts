import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ECDSA_SHA256 = sequence(hex('06082a8648ce3d040302'));
const nameOf = (name: string): Buffer => sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from(name)))));

/** A self-signed certificate for some hosts, made anew so that no key lies about (X.509 v3, ECDSA P-256, until 2049). */
export function certificateFor(hosts: readonly string[]): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = nameOf(hosts[0]!);
  const altNames = sequence(hex('0603551d11'), der(0x04, sequence(...hosts.map((host) => der(0x82, Buffer.from(host))))));
  const body = sequence(
    der(0xa0, hex('020102')), hex('020101'), ECDSA_SHA256, name, sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))), name,
    publicKey.export({ format: 'der', type: 'spki' }), der(0xa3, sequence(altNames)),
  );
  const whole = sequence(body, ECDSA_SHA256, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  return { key: String(privateKey.export({ format: 'pem', type: 'pkcs8' })), cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n` };
}
