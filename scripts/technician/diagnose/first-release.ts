/** No box and no certificate of this software is older: a clock before it has not been set since the power came back. */
export const FIRST_RELEASE_MS = Date.UTC(2026, 0, 1);
