import canonicalize from 'canonicalize';

/** SHA-256 over RFC 8785 of a request without `transaction` and `proof`, as `prove` binds a password to it; 64 hex digits. */
export async function requestHash(request: object): Promise<string> {
  // As it will be on the wire: members that are undefined are not there.
  const {
    transaction: _,
    proof: __,
    ...asked
  }: Record<string, unknown> = JSON.parse(JSON.stringify(request));
  const text = canonicalize(asked) ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
