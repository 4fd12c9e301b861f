import { afterAll, afterEach, expect } from 'vitest';
import { takenViolations } from './console/violations.ts';
import { closeOpened } from './opened.ts';

/** For each test file anew. Modules are shared by the files of a worker: a hook of theirs would belong to the first of them alone. */
afterEach(() => expect(takenViolations()).toEqual([]));
afterAll(closeOpened);
