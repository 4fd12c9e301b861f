import { Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { SearchBox } from '../house/search-box.tsx';
import { timeWords } from '../time/thai-time.ts';
import type { LiveMessage } from '../wire/live.ts';
import { useWire } from '../wire/use-wire.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { EXPLORER_WORDS } from './explorer-words.ts';

/** Older ones go: a page that is left open does not fill the computer. */
const KEPT = 300;
/** Of one message; the rest is behind its own fold. */
const SHOWN_CHARS = 4_000;

type Kept = LiveMessage & { id: number };

/** Messages as they come and go, the newest first. */
export function MessageList() {
  const say = useWords(EXPLORER_WORDS);
  const { live } = useWire();
  const [messages, setMessages] = useState<Kept[]>([]);
  const [paused, setPaused] = useState(false);
  const [sought, setSought] = useState('');
  useEffect(() => {
    if (paused) return;
    let id = Date.now();
    return live.onMessage((message) =>
      setMessages((before) => [{ ...message, id: id++ }, ...before].slice(0, KEPT)),
    );
  }, [live, paused]);
  const found = messages.filter(({ topic, payload }) => topic.includes(sought) || payload.includes(sought));
  return (
    <Stack gap="xs" component="section" aria-label={say('messages')}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {say('messages')}
        </Title>
        <Group gap="xs">
          <SearchBox label={say('filter')} value={sought} onChange={setSought} />
          <Button variant="default" onClick={() => setPaused(!paused)}>
            {say(paused ? 'resume' : 'pause')}
          </Button>
          <Button variant="default" onClick={() => setMessages([])}>
            {say('clear')}
          </Button>
        </Group>
      </Group>
      {found.length === 0 && <Text c="dimmed">{say('none')}</Text>}
      {found.map((message) => (
        <MessageRow key={message.id} message={message} />
      ))}
    </Stack>
  );
}

function MessageRow({ message: { way, topic, payload, at } }: { message: Kept }) {
  const say = useWords(EXPLORER_WORDS);
  const lang = useLanguage();
  const Sign = way === 'in' ? IconArrowDownLeft : IconArrowUpRight;
  return (
    <details>
      <summary style={{ overflowWrap: 'anywhere' }}>
        <Badge
          color={way === 'in' ? 'blue' : 'green'}
          variant="light"
          tt="none"
          leftSection={<Sign size={12} aria-hidden />}
        >
          {say(way)}
        </Badge>{' '}
        <Text span size="sm" c="dimmed">
          {timeWords(at, 'clock', lang)}
        </Text>{' '}
        <Text span size="sm" ff="monospace">
          {topic}
        </Text>
      </summary>
      <Code block tabIndex={0}>
        {pretty(payload).slice(0, SHOWN_CHARS)}
      </Code>
    </details>
  );
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), undefined, 2);
  } catch {
    return payload;
  }
}
