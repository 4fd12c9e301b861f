import {
  ActionIcon,
  Badge,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
import {
  IconCircleCheck,
  IconCircleX,
  IconFingerprint,
  IconHelp,
  IconLogout,
  IconSearch,
  IconUser,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { StopButton } from '../alarm/stop-button.tsx';
import { leave } from '../door/leave.ts';
import { hasPasskeys } from '../door/passkey.ts';
import { useRight, useSession } from '../door/use-session.tsx';
import { useLineState } from '../wire/use-wire.tsx';
import { speak, useLanguage, useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { applyScheme, SCHEMES } from './scheme.ts';

const PasskeyDialog = lazy(() => import('../door/passkey-dialog.tsx'));

export function TopBar({ open, onMenu, onHelp }: { open: boolean; onMenu: () => void; onHelp: () => void }) {
  const say = useWords(HOUSE_WORDS);
  const mayStop = useRight('stop');
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger opened={open} onClick={onMenu} hiddenFrom="md" size="sm" aria-label={say('menu')} />
        <Text fw={600} size="lg">
          ประกาศ
        </Text>
        <LineBadge />
      </Group>
      <Group gap="xs" wrap="nowrap">
        {mayStop && <StopButton />}
        <Button
          variant="default"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          onClick={openSpotlight}
          visibleFrom="sm"
        >
          {say('search')}
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          hiddenFrom="sm"
          aria-label={say('search')}
          onClick={openSpotlight}
        >
          <IconSearch size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={say('help')} onClick={onHelp} visibleFrom="sm">
          <IconHelp size={18} aria-hidden />
        </ActionIcon>
        <AccountMenu />
      </Group>
    </Group>
  );
}

const LINE = {
  up: { word: 'lineUp', color: 'green', icon: IconCircleCheck },
  connecting: { word: 'lineConnecting', color: 'yellow', icon: IconCircleX },
  down: { word: 'lineDown', color: 'red', icon: IconCircleX },
} as const;

function LineBadge() {
  const say = useWords(HOUSE_WORDS);
  const { word, color, icon: Sign } = LINE[useLineState()];
  return (
    <Badge
      color={color}
      variant="light"
      leftSection={<Sign size={12} aria-hidden />}
      role="status"
      visibleFrom="xs"
      tt="none"
    >
      {say(word)}
    </Badge>
  );
}

function AccountMenu() {
  const say = useWords(HOUSE_WORDS);
  const lang = useLanguage();
  const { user, areas } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const [keys, setKeys] = useState(false);
  return (
    <>
      {keys && (
        <Suspense>
          <PasskeyDialog onClose={() => setKeys(false)} />
        </Suspense>
      )}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={say('account')}>
            <IconUser size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {user} · {areas.join(', ')}
          </Menu.Label>
          <Menu.Item onClick={() => speak(lang === 'th' ? 'en' : 'th')}>{say('language')}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{say('scheme')}</Menu.Label>
          {SCHEMES.map((scheme) => (
            <Menu.Item key={scheme} onClick={() => applyScheme(scheme, setColorScheme)}>
              {say(scheme)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {hasPasskeys() && (
            <Menu.Item leftSection={<IconFingerprint size={16} aria-hidden />} onClick={() => setKeys(true)}>
              {say('passkeys')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>
            {say('logOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
