import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useLanguage, useWords } from '../words/language.ts';
import { HOUSE_WORDS } from './house-words.ts';
import { useOpenRooms } from './side-bar.tsx';

/** Ctrl-K: every room by its name in either language. */
export function Palette() {
  const say = useWords(HOUSE_WORDS);
  const lang = useLanguage();
  const navigate = useNavigate();
  const actions = useOpenRooms()
    .filter(({ path }) => !path.includes('$'))
    .map(({ path, name, icon: Sign }) => ({
      id: path,
      label: name[lang],
      keywords: Object.values(name),
      leftSection: <Sign size={20} aria-hidden />,
      onClick: () => void navigate({ to: path }),
    }));
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K']}
      nothingFound={say('nothing')}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={20} aria-hidden />,
        placeholder: say('search'),
        'aria-label': say('search'),
      }}
    />
  );
}
