import { Stack, Tabs } from '@mantine/core';
import { AreaTree } from '../areas/area-tree.tsx';
import { ProvinceMap } from '../areas/province-map.tsx';
import { useOverview } from '../areas/use-area.ts';
import { useSession } from '../door/use-session.tsx';
import { useWords } from '../words/language.ts';
import { GroupList } from './group-list.tsx';
import { HallList } from './hall-list.tsx';
import { TargetChips } from './target-chips.tsx';
import { isArea, type Targets, withPicked } from './target-set.ts';
import { TARGET_WORDS } from './target-words.ts';

interface Props {
  chosen: Targets;
  onChoose: (targets: string[]) => void;
}

/** Whom it is for: by tree, map, group or single hall, and what was chosen as chips. Offers what the account may speak to. */
export function TargetPicker({ chosen, onChoose }: Props) {
  const say = useWords(TARGET_WORDS);
  const { areas } = useSession();
  const choice = { chosen, onChoose };
  return (
    <Stack gap="sm">
      <TargetChips {...choice} />
      <Tabs defaultValue="tree" keepMounted={false}>
        <Tabs.List>
          {(['tree', 'map', 'groups', 'halls'] as const).map((way) => (
            <Tabs.Tab key={way} value={way}>
              {say(way)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="tree" className="target-panel">
          <AreaTree many roots={areas} {...choice} />
        </Tabs.Panel>
        <Tabs.Panel value="map" className="target-panel">
          <PickedOnMap areas={areas} {...choice} />
        </Tabs.Panel>
        <Tabs.Panel value="groups" className="target-panel">
          <GroupList {...choice} />
        </Tabs.Panel>
        <Tabs.Panel value="halls" className="target-panel">
          <HallList {...choice} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function PickedOnMap({ areas, chosen, onChoose }: Props & { areas: readonly string[] }) {
  const { data } = useOverview('th');
  return (
    <ProvinceMap
      parts={data?.parts ?? []}
      marked={chosen.filter((target) => isArea(target) && target !== 'th')}
      onPick={(province) => onChoose(withPicked(chosen, province, areas))}
    />
  );
}
