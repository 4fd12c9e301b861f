import canonicalize from 'canonicalize';

/** SHA-256 over the RFC 8785 text of a value, 64 hex digits: what proofs, approvals and the audit are bound by. */
export async function hashOf(value: unknown): Promise<string> {
  const text = canonicalize(value) ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
