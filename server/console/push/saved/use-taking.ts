import { useMutation } from '@tanstack/react-query';
import type { SignPicture } from '../../signs/picture-field.tsx';
import type { Sound } from '../../sound/sound.ts';
import { Refused } from '../../wire/failure.ts';
import { useWire } from '../../wire/use-wire.tsx';
import type { Wire } from '../../wire/wire.ts';
import type { Brought, Saved } from './saved-draft.ts';

interface Taken extends Brought {
  saved: Saved;
  /** It has words to be said, and the server could not say them. */
  isUnsaid: boolean;
}

/** Brings what a saved announcement names: the titles of its files, and sound of the words that are to be said. */
export function useTaking() {
  const wire = useWire();
  return useMutation<Taken, unknown, Saved>({ mutationFn: (saved) => taken(saved, wire) });
}

async function taken(saved: Saved, wire: Wire): Promise<Taken> {
  const { media = [], picture } = saved.push;
  const spoken = await spokenOf(saved, wire);
  const sounds = await Promise.all(media.map((sha256) => soundOf(sha256, saved, wire)));
  return {
    ...{ saved, isUnsaid: saved.push.say !== undefined && spoken === undefined },
    // As a push puts them together: words come before what was recorded.
    sounds: [...(spoken === undefined ? [] : [spoken]), ...sounds],
    picture: picture === undefined ? undefined : await pictureOf(picture, saved, wire),
  };
}

async function spokenOf({ push: { say } }: Saved, { tell }: Wire): Promise<Sound | undefined> {
  if (say === undefined) return undefined;
  try {
    const { sha256, ms, title } = await tell('say', { text: say });
    return { sha256, ms, title };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Of a file that an office above saved and did not share, the account knows the announcement's title alone. */
async function soundOf(sha256: string, { title }: Saved, { ask }: Wire): Promise<Sound> {
  const { items } = await ask('library', { sha256, limit: 1 });
  const [item] = items;
  return { sha256, title: item?.title ?? title, ms: item?.ms ?? 0 };
}

async function pictureOf(sha256: string, { title }: Saved, { ask }: Wire): Promise<SignPicture> {
  const { items } = await ask('library', { sha256, limit: 1 });
  return { sha256, title: items[0]?.title ?? title };
}
