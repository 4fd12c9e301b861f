import { NavLink, ScrollArea, Text } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useSession } from '../door/use-session.tsx';
import { useLanguage, useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { ROOMS } from './room-table.ts';
import type { Room } from './rooms.ts';

const GROUPS = ['now', 'plan', 'office'] as const;

export function SideBar({ onGo }: { onGo: () => void }) {
  const say = useWords(HOUSE_WORDS);
  const lang = useLanguage();
  const rooms = useOpenRooms().filter(({ inner }) => !inner);
  const here = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <ScrollArea component="nav" type="auto" aria-label={say('menu')}>
      {GROUPS.map((group) => {
        const own = rooms.filter((room) => room.group === group);
        return own.length === 0 ? null : (
          <div key={group}>
            <Text size="xs" c="dimmed" px="sm" pt="md" pb={4}>
              {say(group)}
            </Text>
            {own.map(({ path, name, icon: Sign }) => (
              <NavLink
                key={path}
                component={Link}
                to={path}
                label={name[lang]}
                leftSection={<Sign size={20} aria-hidden />}
                active={path === '/' ? here === '/' : here.startsWith(path)}
                onClick={onGo}
              />
            ))}
          </div>
        );
      })}
    </ScrollArea>
  );
}

/** Those that the account may enter. */
export function useOpenRooms(): readonly Room[] {
  const { rights } = useSession();
  return ROOMS.filter(({ right }) => right === undefined || rights.includes(right));
}
