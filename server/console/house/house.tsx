import { Alert, AppShell, Box } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { AlarmBanner } from '../alarm/alarm-banner.tsx';
import { useSession } from '../door/use-session.tsx';
import { useLineState } from '../wire/use-wire.tsx';
import { useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { KeyHelp, useKeys } from './keys.tsx';
import { Palette } from './palette.tsx';
import { SideBar } from './side-bar.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every room. */
export function House() {
  const say = useWords(HOUSE_WORDS);
  const { training } = useSession();
  const line = useLineState();
  const [menu, { toggle, close }] = useDisclosure(false);
  const [help, helpIs] = useDisclosure(false);
  useKeys(helpIs.open);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: 'md', collapsed: { mobile: !menu } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {say('skip')}
      </a>
      {training && <div className="training-frame" aria-hidden />}
      <AppShell.Header>
        <TopBar open={menu} onMenu={toggle} onHelp={helpIs.open} />
      </AppShell.Header>
      <AppShell.Navbar>
        <SideBar onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {training && (
          <Box className="training-band" mb="md" role="status">
            {say('training')}
          </Box>
        )}
        {line === 'down' && (
          <Alert color="red" icon={<IconWifiOff aria-hidden />} mb="md" role="status">
            {say('offline')}
          </Alert>
        )}
        <AlarmBanner />
        <Outlet />
      </AppShell.Main>
      <Palette />
      <KeyHelp opened={help} onClose={helpIs.close} />
    </AppShell>
  );
}
