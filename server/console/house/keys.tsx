import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLanguage, useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { useOpenRooms } from './side-bar.tsx';

/** How long `g` waits for the room's letter. */
const SECOND_KEY_MS = 1_500;

/** `g f` to a room, `/` into the search box, `?` for help. No key alone speaks to a village. */
export function useKeys(onHelp: () => void): void {
  const navigate = useNavigate();
  const rooms = useOpenRooms();
  const went = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const room = rooms.find(({ key }) => key === event.key.toLowerCase());
      if (event.timeStamp - went.current < SECOND_KEY_MS && room !== undefined) {
        event.preventDefault();
        void navigate({ to: room.path });
      } else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('[data-search]')?.focus();
      } else if (event.key === '?') onHelp();
      went.current = event.key === 'g' ? event.timeStamp : 0;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, rooms, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const say = useWords(HOUSE_WORDS);
  const lang = useLanguage();
  const rows: [keys: string[], what: string][] = [
    [['Ctrl', 'K'], say('helpPalette')],
    [['/'], say('helpSearch')],
    [['?'], say('helpHelp')],
    ...useOpenRooms().flatMap(({ key, name }): [string[], string][] =>
      key === undefined ? [] : [[['g', key], say('helpGo', { room: name[lang] })]],
    ),
  ];
  return (
    <Modal opened={opened} onClose={onClose} title={say('help')}>
      <Stack gap="xs">
        {rows.map(([keys, what]) => (
          <Group key={what} justify="space-between">
            <Text size="sm">{what}</Text>
            <Group gap={4}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
