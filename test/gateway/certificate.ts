import { createSign, type KeyObject } from "node:crypto";

/** A self-signed X.509 certificate for localhost, as PEM: what nobody should trust, and nobody should take for a key. */
export function selfSigned(privateKey: KeyObject, publicKey: KeyObject): string {
  const algorithm = sequence(oid("2a864886f70d01010b"), tagged(0x05));
  const name = sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from("localhost")))));
  const subjectAltName = sequence(tagged(0x82, Buffer.from("localhost")), tagged(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = sequence(sequence(oid("551d11"), tagged(0x04, subjectAltName)));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(tagged(0x17, Buffer.from("200101000000Z")), tagged(0x17, Buffer.from("490101000000Z"))),
    name,
    publicKey.export({ format: "der", type: "spki" }),
    tagged(0xa3, extensions),
  );
  const signature = createSign("RSA-SHA256").update(body).sign(privateKey);
  const der = sequence(body, algorithm, tagged(0x03, Buffer.from([0]), signature));
  const lines = der.toString("base64").replace(/(.{64})/g, "$1\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts);

const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, "hex"));

/** One element of DER: tag, length, contents. */
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
