import { Table, UnstyledButton } from '@mantine/core';
import { useLanguage, useWords } from '../words/language.ts';
import { type Part, STANDINGS, shareOf } from './coverage-rows.ts';
import { COVERAGE_WORDS } from './coverage-words.ts';
import { ShareBar } from './share-bar.tsx';

/** The areas one step below, those with most to do first. */
export function PartTable({ parts, onGo }: { parts: readonly Part[]; onGo: (area: string) => void }) {
  const say = useWords(COVERAGE_WORDS);
  const lang = useLanguage();
  const worstFirst = [...parts].sort((a, b) => shareOf(a) - shareOf(b) || b.villages - a.villages);
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table aria-label={say('parts')} className="tabular" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('area')}</Table.Th>
            <Table.Th ta="end">{say('villages')}</Table.Th>
            <Table.Th ta="end" style={{ whiteSpace: 'nowrap' }}>
              {say('percent')}
            </Table.Th>
            <Table.Th w="26%" aria-hidden />
            {STANDINGS.map((standing) => (
              <Table.Th key={standing} ta="end">
                {say(standing)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {worstFirst.map((part) => (
            <Table.Tr key={part.area}>
              <Table.Td>
                <UnstyledButton className="path-step" fz="sm" mih={32} onClick={() => onGo(part.area)}>
                  {part[lang]}
                </UnstyledButton>
              </Table.Td>
              <Table.Td ta="end">{part.villages}</Table.Td>
              <Table.Td ta="end">{shareOf(part)}%</Table.Td>
              <Table.Td>
                <ShareBar counts={part} />
              </Table.Td>
              {STANDINGS.map((standing) => (
                <Table.Td key={standing} ta="end">
                  {part[standing]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
