import type { Store } from '../ports.ts';

const FACT = 'update-before';

/** What worked just before a new version was tried: more is not asked of it. */
export interface BeforeTrial {
  outputs: string[];
  linked: boolean;
}

/** The fact, for the commit that goes before the restart. */
export function beforeTrialFact(before: BeforeTrial): Record<string, string> {
  return { [FACT]: [before.linked ? 'linked' : 'alone', ...before.outputs].join(' ') };
}

/** Nothing written = nothing is asked but a store that works. */
export async function beforeTrialIn(store: Pick<Store, 'fact'>): Promise<BeforeTrial> {
  const [link, ...outputs] = ((await store.fact(FACT)) ?? '').split(' ');
  return { linked: link === 'linked', outputs: outputs.filter((name) => name !== '') };
}
