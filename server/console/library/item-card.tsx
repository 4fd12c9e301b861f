import { Badge, Card, Group, List, Stack, Text } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import type { LibraryItem } from '../media/use-library.ts';
import { ListenButton } from '../sound/listen-button.tsx';
import type { Listening } from '../sound/use-listening.ts';
import { lengthWords, timeWords } from '../time/thai-time.ts';
import { useLanguage, useWords } from '../words/language.ts';
import '../media/media.css';
import { ItemMenu } from './item-menu.tsx';
import { LIBRARY_WORDS } from './library-words.ts';

const rounded = (hundredths: number) => Math.round(hundredths / 100);

/** One file: what it is, how loud it came and will be, who put it there, and where it is used. */
export function ItemCard({ item, listening }: { item: LibraryItem; listening: Listening }) {
  const say = useWords(LIBRARY_WORDS);
  const lang = useLanguage();
  const { title, kind, by, at, shared, sha256 } = item;
  return (
    <Card withBorder component="article" aria-label={title} padding="sm">
      <Group wrap="nowrap" align="flex-start">
        {kind === 'picture' ? (
          <img className="media-thumb" src={`/media/${sha256}`} alt={title} />
        ) : (
          <ListenButton sound={item} listening={listening} />
        )}
        <Stack gap={2} className="media-title">
          <Group gap="xs">
            <Text fw={600}>{title}</Text>
            {shared && (
              <Badge variant="light" tt="none" leftSection={<IconShare size={12} aria-hidden />}>
                {say('shared')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" className="tabular">
            {[say(kind), ...factsOf(item, say), by, timeWords(at, 'day', lang)].join(' · ')}
          </Text>
          <UsedIn item={item} />
        </Stack>
        <ItemMenu item={item} />
      </Group>
    </Card>
  );
}

type Say = ReturnType<typeof useWords<keyof (typeof LIBRARY_WORDS)['th']>>;

function factsOf({ ms, loudness, picture }: LibraryItem, say: Say): string[] {
  const { clufs, source_clufs } = loudness ?? {};
  return [
    ...(ms === undefined ? [] : [lengthWords(ms)]),
    ...(clufs === undefined
      ? []
      : [
          source_clufs === undefined
            ? say('loudnessNow', { to: rounded(clufs) })
            : say('loudness', { from: rounded(source_clufs), to: rounded(clufs) }),
        ]),
    ...(picture === undefined ? [] : [say('size', { width: picture.width, height: picture.height })]),
  ];
}

function UsedIn({ item: { uses, uses_in_all } }: { item: LibraryItem }) {
  const say = useWords(LIBRARY_WORDS);
  if (uses_in_all === 0)
    return (
      <Text size="sm" c="dimmed">
        {say('usesNone')}
      </Text>
    );
  return (
    <details>
      <summary>
        <Text span size="sm">
          {say('uses', { count: uses_in_all })}
        </Text>
      </summary>
      <List size="sm">
        {uses.map(({ what, id, title, area }) => (
          <List.Item key={`${what} ${area} ${id}`}>
            {say(what)}: {title}
          </List.Item>
        ))}
        {uses_in_all > uses.length && (
          <List.Item>{say('elsewhere', { count: uses_in_all - uses.length })}</List.Item>
        )}
      </List>
    </details>
  );
}
