import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import type { CanonicalForm, SignedXml, XmlNode } from './xml.ts';

/**
 * What the signatures inside an alert prove. `good`: all of them fit the content and the keys that they bring along; whose
 * keys those are is another question. `bad`: one does not fit. `unverifiable`: nothing is proved, either way.
 */
export type SignatureState = 'none' | 'good' | 'bad' | 'unverifiable';

export interface CheckedSignatures {
  state: SignatureState;
  /** SHA-256 of the keys (SPKI, DER, lower-case hex) of a good one; whoever trusts a sender trusts one of these. */
  keys: string[];
}

/** XML Signature, enveloped, of the whole alert: the one shape that is met. All else is `unverifiable`. */
export function checkSignatures(alert: XmlNode, signed: SignedXml): CheckedSignatures {
  const signatures = alert.children.filter((child) => isDsig(child, 'Signature'));
  if (signatures.length === 0) return { state: 'none', keys: [] };
  if (signatures.length > MOST_SIGNATURES) return { state: 'unverifiable', keys: [] };
  const checked = signatures.map((signature, index) => check(signature, index, signatures.length, signed));
  const keys = checked.flatMap((each) => (typeof each === 'string' ? [] : [each.key]));
  if (checked.includes('bad')) return { state: 'bad', keys: [] };
  if (checked.includes('unverifiable')) return { state: 'unverifiable', keys: [] };
  return { state: 'good', keys };
}

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const DSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const ENVELOPED = `${DSIG}enveloped-signature`;
/** Two are met; each costs two readings of the alert. */
const MOST_SIGNATURES = 3;

const CANONICAL: Readonly<Record<string, Omit<CanonicalForm, 'prefixes'>>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { exclusive: false, comments: false },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': { exclusive: false, comments: true },
  'http://www.w3.org/2001/10/xml-exc-c14n#': { exclusive: true, comments: false },
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments': { exclusive: true, comments: true },
};
const DIGESTS: Readonly<Record<string, string>> = {
  [`${DSIG}sha1`]: 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  [`${DSIG_MORE}sha384`]: 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};
/** Hash of each way of signing, and the kind of key that it takes. */
const METHODS: Readonly<Record<string, { hash: string; key: 'rsa' | 'ec' }>> = {
  [`${DSIG}rsa-sha1`]: { hash: 'sha1', key: 'rsa' },
  [`${DSIG_MORE}rsa-sha256`]: { hash: 'sha256', key: 'rsa' },
  [`${DSIG_MORE}rsa-sha384`]: { hash: 'sha384', key: 'rsa' },
  [`${DSIG_MORE}rsa-sha512`]: { hash: 'sha512', key: 'rsa' },
  [`${DSIG_MORE}ecdsa-sha256`]: { hash: 'sha256', key: 'ec' },
  [`${DSIG_MORE}ecdsa-sha384`]: { hash: 'sha384', key: 'ec' },
};

type Checked = 'bad' | 'unverifiable' | { key: string };

function check(signature: XmlNode, index: number, count: number, signed: SignedXml): Checked {
  const info = only(signature, 'SignedInfo');
  const value = bytesOf(only(signature, 'SignatureValue'));
  const method = METHODS[algorithmOf(info && only(info, 'SignatureMethod')) ?? ''];
  const form = canonicalForm(info && only(info, 'CanonicalizationMethod'));
  const reference = info && only(info, 'Reference');
  const key = keyOf(signature);
  if (value === undefined || method === undefined || form === undefined || key === undefined)
    return 'unverifiable';
  if (reference === undefined || key.asymmetricKeyType !== method.key) return 'unverifiable';
  const proof = digestMatches(reference, index, count, signed);
  if (proof !== 'matches') return proof;
  const octets = Buffer.from(signed.signedInfo(index, form), 'utf8');
  const isSigned = verify(method.hash, octets, { key, dsaEncoding: 'ieee-p1363' }, value);
  return isSigned ? { key: fingerprintOf(key) } : 'bad';
}

/**
 * The whole alert without signatures. The standard takes out the one that is checked; agencies that sign one after the
 * other take out those that follow, or all. Signatures say nothing to the public, so either proves the alert.
 */
function digestMatches(
  reference: XmlNode,
  index: number,
  count: number,
  signed: SignedXml,
): 'matches' | 'bad' | 'unverifiable' {
  const uri = reference.attributes.find(({ name }) => name === 'URI')?.value;
  const hash = DIGESTS[algorithmOf(only(reference, 'DigestMethod')) ?? ''];
  const digest = bytesOf(only(reference, 'DigestValue'));
  const transforms = only(reference, 'Transforms')?.children ?? [];
  const [enveloped, canonical, ...more] = transforms;
  const form =
    canonical === undefined ? { exclusive: false, comments: false, prefixes: [] } : canonicalForm(canonical);
  if (uri !== '' || hash === undefined || digest === undefined || form === undefined) return 'unverifiable';
  if (algorithmOf(enveloped) !== ENVELOPED || more.length > 0) return 'unverifiable';
  const all = Array.from({ length: count }, (_, each) => each);
  const without = [[index], all.slice(index), all];
  const fits = without.some((these) =>
    // `URI=""` is the document without comments, whatever follows (XML Signature, 4.4.3.3).
    createHash(hash)
      .update(signed.content(these, { ...form, comments: false }))
      .digest()
      .equals(digest),
  );
  return fits ? 'matches' : 'bad';
}

function isDsig(node: XmlNode, name: string): boolean {
  return node.namespace === DSIG && node.name === name;
}

/** Undefined also where there are several. */
function only(node: XmlNode, name: string): XmlNode | undefined {
  const named = node.children.filter((child) => isDsig(child, name));
  return named.length === 1 ? named[0] : undefined;
}

function algorithmOf(node: XmlNode | undefined): string | undefined {
  return node?.attributes.find(({ name }) => name === 'Algorithm')?.value;
}

function canonicalForm(node: XmlNode | undefined): CanonicalForm | undefined {
  const form = CANONICAL[algorithmOf(node) ?? ''];
  if (node === undefined || form === undefined) return undefined;
  const listed = node.children.find(({ name }) => name === 'InclusiveNamespaces');
  const prefixes = listed?.attributes.find(({ name }) => name === 'PrefixList')?.value.trim() ?? '';
  return { ...form, prefixes: prefixes === '' ? [] : prefixes.split(/\s+/) };
}

function bytesOf(node: XmlNode | undefined): Buffer | undefined {
  const text = node?.text.replace(/\s+/g, '') ?? '';
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** From a certificate, or written out as an RSA key. */
function keyOf(signature: XmlNode): KeyObject | undefined {
  const keyInfo = only(signature, 'KeyInfo');
  const data = keyInfo?.children.find((child) => isDsig(child, 'X509Data'));
  const certificate = bytesOf(data?.children.find((child) => isDsig(child, 'X509Certificate')));
  const keyValue = keyInfo && only(keyInfo, 'KeyValue');
  const rsa = keyValue && only(keyValue, 'RSAKeyValue');
  try {
    if (certificate !== undefined) return new X509Certificate(certificate).publicKey;
    const [n, e] = [bytesOf(rsa && only(rsa, 'Modulus')), bytesOf(rsa && only(rsa, 'Exponent'))];
    if (n === undefined || e === undefined) return undefined;
    return createPublicKey({
      format: 'jwk',
      key: { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') },
    });
  } catch {
    return undefined;
  }
}

export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
