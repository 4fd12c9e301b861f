import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  AreaCode,
  contains,
  levelOf,
  lineageOf,
  Target,
  zoneOf,
} from '../../../firmware-protocol/content/area.ts';
import { readVectors } from './read-vectors.ts';

const vectors = readVectors(
  'areas.json',
  z.object({
    lineages: z.array(
      z.object({ area: z.string(), level: z.string(), zone: z.string(), lineage: z.array(z.string()) }),
    ),
    contains: z.array(z.object({ outer: z.string(), inner: z.string(), is: z.boolean() })),
    refused: z.array(z.string()),
    targets: z.object({ taken: z.array(z.string()), refused: z.array(z.string()) }),
  }),
);

describe('areas', () => {
  it.each(vectors.lineages)('$area is a $level', ({ area, level, zone, lineage }) => {
    expect(AreaCode.parse(area)).toBe(area);
    expect(levelOf(area)).toBe(level);
    expect(zoneOf(area)).toBe(zone);
    expect(lineageOf(area)).toEqual(lineage);
  });

  it.each(vectors.contains)('$outer contains $inner: $is', ({ outer, inner, is }) => {
    expect(contains(outer, inner)).toBe(is);
    expect(lineageOf(inner).includes(outer)).toBe(is);
  });

  it.each(vectors.refused)('"%s" is no area', (text) => {
    expect(AreaCode.safeParse(text).success).toBe(false);
  });

  it.each(vectors.targets.taken)('%s is a target', (text) => {
    expect(Target.safeParse(text).success).toBe(true);
  });

  it.each(vectors.targets.refused)('"%s" is no target', (text) => {
    expect(Target.safeParse(text).success).toBe(false);
  });
});
