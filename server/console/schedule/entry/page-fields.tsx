import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { ANNOUNCEMENT_LIMITS } from '../../../../firmware-protocol/content/announcement.ts';
import { PictureField } from '../../signs/picture-field.tsx';
import { useWords } from '../../words/language.ts';
import { type Announcement, emptyPage, type Page, withPicture, withText } from './entry-form.ts';
import { ENTRY_WORDS } from './entry-words.ts';

type Panel = NonNullable<Announcement['panel']>;

/** What the sign shows, page by page. */
export function PageFields({ panel, onChange }: { panel: Panel; onChange: (panel: Panel) => void }) {
  const say = useWords(ENTRY_WORDS);
  const { pages } = panel;
  const setAt = (at: number, page: Page) =>
    onChange({ ...panel, pages: pages.map((each, index) => (index === at ? page : each)) });
  return (
    <Stack gap="sm">
      {pages.map((page, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place
        <Paper key={at} withBorder p="sm">
          <OnePage
            page={page}
            n={at + 1}
            onChange={(changed) => setAt(at, changed)}
            {...(pages.length > 1 && {
              onRemove: () => onChange({ ...panel, pages: pages.filter((_, index) => index !== at) }),
            })}
          />
        </Paper>
      ))}
      <Group justify="space-between" align="flex-end">
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={pages.length >= ANNOUNCEMENT_LIMITS.pages}
          onClick={() => onChange({ ...panel, pages: [...pages, emptyPage()] })}
        >
          {say('addPage')}
        </Button>
        <NumberInput
          label={say('showTimes')}
          w={140}
          min={1}
          max={1_000}
          value={panel.times}
          onChange={(times) => onChange({ ...panel, times: Number(times) || 1 })}
        />
      </Group>
    </Stack>
  );
}

interface PageProps {
  page: Page;
  n: number;
  onChange: (page: Page) => void;
  onRemove?: () => void;
}

function OnePage({ page, n, onChange, onRemove }: PageProps) {
  const say = useWords(ENTRY_WORDS);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {say('page', { n })}
        </Text>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={say('removePage', { n })}
            onClick={onRemove}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <TextInput
        label={say('pageTitle')}
        value={page.title ?? ''}
        maxLength={ANNOUNCEMENT_LIMITS.titleChars}
        onChange={(event) => onChange(withText(page, 'title', event.currentTarget.value))}
      />
      <Textarea
        label={say('pageText')}
        required
        autosize
        minRows={2}
        value={page.text}
        maxLength={ANNOUNCEMENT_LIMITS.pageChars}
        onChange={(event) => onChange({ ...page, text: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label={say('hotline')}
          value={page.hotline ?? ''}
          maxLength={ANNOUNCEMENT_LIMITS.hotlineChars}
          onChange={(event) => onChange(withText(page, 'hotline', event.currentTarget.value))}
        />
        <NumberInput
          label={say('seconds')}
          min={2}
          max={ANNOUNCEMENT_LIMITS.pageSeconds}
          value={page.seconds}
          onChange={(seconds) => onChange({ ...page, seconds: Number(seconds) || 10 })}
        />
      </Group>
      <TextInput
        label={say('qr')}
        value={page.qr ?? ''}
        maxLength={ANNOUNCEMENT_LIMITS.qrChars}
        onChange={(event) => onChange(withText(page, 'qr', event.currentTarget.value))}
      />
      <PictureField
        picture={page.picture && { sha256: page.picture.sha256, title: say('pagePicture') }}
        disabled={false}
        onChange={(picture) => onChange(withPicture(page, picture?.sha256))}
      />
    </Stack>
  );
}
