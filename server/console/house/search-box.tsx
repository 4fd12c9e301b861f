import { TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  label: string;
  value: string;
  onChange: (words: string) => void;
}

/** The box of a room that `/` goes into; its label stands inside it. */
export function SearchBox({ label, value, onChange, ...look }: Props) {
  return (
    <TextInput
      data-search
      {...look}
      label={undefined}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
