import {
  Checkbox,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { PictureField } from '../signs/picture-field.tsx';
import { SoundComposer } from '../sound/sound-composer.tsx';
import { useWords } from '../words/language.ts';
import { type AnnounceDraft, CHIMES, OUTPUTS } from './announce-draft.ts';
import { PUSH_WORDS } from './push-words.ts';

/** Of the contract's announcement (ANNOUNCEMENT_LIMITS). */
const MOST = { title: 120, text: 2_000, hotline: 40, qr: 300, times: 10 } as const;

export interface FieldsProps {
  draft: AnnounceDraft;
  onChange: (change: Partial<AnnounceDraft>) => void;
}

/** What is read and what is heard. */
export function ContentFields({ draft, onChange }: FieldsProps) {
  const say = useWords(PUSH_WORDS);
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label={say('outputs')}
        value={draft.outputs}
        onChange={(chosen) => onChange({ outputs: OUTPUTS.filter((output) => chosen.includes(output)) })}
      >
        <Group mt={6}>
          {OUTPUTS.map((output) => (
            <Checkbox key={output} value={output} label={say(output)} />
          ))}
        </Group>
      </Checkbox.Group>
      <TextInput
        label={say('title')}
        placeholder={say('titleHint')}
        maxLength={MOST.title}
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <SignFields draft={draft} onChange={onChange} />
      <Input.Wrapper label={say('sound')} labelElement="div">
        <SoundComposer sounds={draft.sounds} onChange={(sounds) => onChange({ sounds })} text={draft.text} />
      </Input.Wrapper>
      <Group align="flex-end">
        <Input.Wrapper label={say('chime')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={say('chime')}
              value={draft.chime}
              onChange={(chime) => onChange({ chime: CHIMES.find((each) => each === chime) ?? 'attention' })}
              data={CHIMES.map((chime) => ({ value: chime, label: say(chime) }))}
            />
          </div>
        </Input.Wrapper>
        <NumberInput
          label={say('times')}
          w={140}
          min={1}
          max={MOST.times}
          allowDecimal={false}
          value={draft.times}
          onChange={(times) => onChange({ times: Math.max(1, Number(times) || 1) })}
        />
      </Group>
    </Stack>
  );
}

/** What a sign shows; a number to call and a code stand beside words. */
function SignFields({ draft, onChange }: FieldsProps) {
  const say = useWords(PUSH_WORDS);
  const isEmpty = draft.text.trim() === '';
  return (
    <>
      <Textarea
        label={say('text')}
        placeholder={say('textHint')}
        autosize
        minRows={3}
        maxLength={MOST.text}
        value={draft.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label={say('hotline')}
          inputMode="tel"
          maxLength={MOST.hotline}
          disabled={isEmpty}
          value={draft.hotline}
          onChange={(event) => onChange({ hotline: event.currentTarget.value })}
        />
        <TextInput
          label={say('qr')}
          maxLength={MOST.qr}
          disabled={isEmpty}
          value={draft.qr}
          onChange={(event) => onChange({ qr: event.currentTarget.value })}
        />
      </Group>
      <PictureField
        picture={draft.picture}
        disabled={isEmpty}
        onChange={(picture) => onChange({ picture })}
      />
    </>
  );
}
