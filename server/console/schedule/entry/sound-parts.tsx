import { useState } from 'react';
import type { Sound } from '../../sound/sound.ts';
import { SoundComposer } from '../../sound/sound-composer.tsx';
import { lengthWords } from '../../time/thai-time.ts';
import type { Announcement } from './entry-form.ts';

type Part = NonNullable<Announcement['tower']>['parts'][number];

interface Props {
  parts: readonly Part[];
  text: string;
  onChange: (parts: Part[]) => void;
}

/** The sound of an entry, put together as that of an announcement is. Pauses stay behind the sound that they followed. */
export function SoundParts({ parts, text, onChange }: Props) {
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const sounds = parts.flatMap((part) =>
    part.type === 'media'
      ? [{ sha256: part.sha256, ms: part.ms, title: titles.get(part.sha256) ?? lengthWords(part.ms) }]
      : [],
  );
  const change = (changed: Sound[]) => {
    setTitles(new Map([...titles, ...changed.map(({ sha256, title }): [string, string] => [sha256, title])]));
    onChange(
      changed.flatMap(
        ({ sha256, ms }) => knownPart(parts, sha256) ?? [{ type: 'media', sha256, bytes: 1, ms }],
      ),
    );
  };
  return <SoundComposer sounds={sounds} text={text} onChange={change} />;
}

/** As it stood, with its pauses. Of a new sound the server fills in the bytes that its library has. */
function knownPart(parts: readonly Part[], sha256: string): Part[] | undefined {
  const at = parts.findIndex((part) => part.type === 'media' && part.sha256 === sha256);
  if (at === -1) return undefined;
  const rest = parts.slice(at + 1);
  const next = rest.findIndex(({ type }) => type === 'media');
  const [own] = parts.slice(at, at + 1);
  return own && [own, ...(next === -1 ? rest : rest.slice(0, next))];
}
