import { hashOf } from '../wire/hash.ts';

/** The hash of a request without `transaction` and `proof`, as `prove` binds a password to it. */
export function requestHash(request: object): Promise<string> {
  // As it will be on the wire: members that are undefined are not there.
  const {
    transaction: _,
    proof: __,
    ...asked
  }: Record<string, unknown> = JSON.parse(JSON.stringify(request));
  return hashOf(asked);
}
