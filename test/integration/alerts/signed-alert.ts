import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type CanonicalForm, isXmlFault } from '../../../server/alerts/xml.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export interface Way {
  hash: 'sha1' | 'sha256';
  exclusive: boolean;
  /** Whether the canonical form is named as a transform of its own. */
  transform: boolean;
}

export function rsaKey(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** Puts an enveloped signature of the whole alert at its end, as an agency would. */
export function signAlert(
  text: string,
  key: ReturnType<typeof rsaKey>,
  way: Way,
  keyInfo = keyInfoOf(key.publicKey),
): string {
  const digest = createHash(way.hash).update(canonical(text, way)).digest('base64');
  const method =
    way.hash === 'sha1'
      ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
      : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  const digestMethod =
    way.hash === 'sha1'
      ? 'http://www.w3.org/2000/09/xmldsig#sha1'
      : 'http://www.w3.org/2001/04/xmlenc#sha256';
  const form = way.exclusive ? EXCLUSIVE : C14N;
  const transform = way.transform ? `<Transform Algorithm="${form}"/>` : '';
  const info = `<SignedInfo><CanonicalizationMethod Algorithm="${form}"/><SignatureMethod Algorithm="${method}"/><Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>${transform}</Transforms><DigestMethod Algorithm="${digestMethod}"/><DigestValue>${digest}</DigestValue></Reference></SignedInfo>`;
  const withValue = (value: string) =>
    text.replace(
      /<\/((?:\w+:)?alert)>\s*$/,
      `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${info}<SignatureValue>${value}</SignatureValue>${keyInfo}</Signature></$1>`,
    );
  const octets = signedInfo(withValue('AAAA'), form === EXCLUSIVE);
  return withValue(createSign(way.hash).update(octets).sign(key.privateKey, 'base64'));
}

export function keyInfoOf(key: KeyObject): string {
  const { n = '', e = '' } = key.export({ format: 'jwk' });
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
  return `<KeyInfo><KeyValue><RSAKeyValue><Modulus>${base64(n)}</Modulus><Exponent>${base64(e)}</Exponent></RSAKeyValue></KeyValue></KeyInfo>`;
}

function canonical(text: string, { exclusive, transform }: Way): string {
  return inXml(text, (signed) =>
    signed.content([], { exclusive: exclusive && transform, comments: false, prefixes: [] }),
  );
}

function signedInfo(text: string, exclusive: boolean): string {
  const form: CanonicalForm = { exclusive, comments: false, prefixes: [] };
  // The last one is ours: earlier signatures stand before it.
  const count = text.split('<SignedInfo>').length - 1;
  return inXml(text, (signed) => signed.signedInfo(count - 1, form));
}

function inXml(
  text: string,
  use: (signed: {
    content: (without: number[], form: CanonicalForm) => string;
    signedInfo: (index: number, form: CanonicalForm) => string;
  }) => string,
): string {
  const read = readXml(text.replace(/^<\?xml[^>]*\?>/, ''), ({ root, signed }) => use(signed(root)));
  if (isXmlFault(read)) throw new Error(read.detail);
  return read;
}
