import { z } from 'zod';

/**
 * Before the first schema is made: an agent reads some messages a minute, and a program of its own for each schema (`new Function`)
 * costs a start more milliseconds than it will ever give back.
 */
z.config({ jitless: true });
