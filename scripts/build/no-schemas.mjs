// What the console has in place of zod: whatever a schema is built of is nothing, and to read with one is a mistake that is told at once.
// Pages take types and plain functions from the contract. zod would be 25 KB on a phone, and it tries at its start whether it may write
// programs, which the policy of the page refuses.
const READS = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'encode', 'decode']);

export const z = new Proxy(() => {}, {
  get(_nothing, name) {
    if (READS.has(name)) throw new Error('the console has no schemas: what it reads, the server has checked');
    return z;
  },
  apply: () => z,
});
