import type { XmlNode } from './xml.ts';

/** What an alert holds, counted over all its infos, also where it breaks rules. */
export interface AlertFacts {
  /** Each once, in order; an info that names none is `en-US`. */
  language: string[];
  /** Resources that are sound. */
  audio: number;
  area: { polygons: number; circles: number; geocodes: number };
}

export const NO_FACTS: AlertFacts = {
  language: [],
  audio: 0,
  area: { polygons: 0, circles: 0, geocodes: 0 },
};

export function factsOf(alert: XmlNode): AlertFacts {
  const within = (node: XmlNode, name: string) =>
    node.children.filter((child) => child.namespace === alert.namespace && child.name === name);
  const infos = within(alert, 'info');
  const areas = infos.flatMap((info) => within(info, 'area'));
  const filled = (name: string) =>
    areas.flatMap((area) => within(area, name)).filter(({ text }) => text.trim() !== '');
  const types = infos
    .flatMap((info) => within(info, 'resource'))
    .flatMap((resource) => within(resource, 'mimeType').slice(0, 1));
  return {
    language: [
      ...new Set(infos.map((info) => within(info, 'language')[0]?.text.trim().slice(0, 40) || 'en-US')),
    ],
    audio: types.filter(({ text }) => isSound(text)).length,
    area: {
      polygons: filled('polygon').length,
      circles: filled('circle').length,
      geocodes: areas.flatMap((area) => within(area, 'geocode')).length,
    },
  };
}

/** `audio/mpeg`, `audio/x-ipaws-audio-mp3`, … */
export function isSound(mimeType: string): boolean {
  return /^\s*audio\//i.test(mimeType);
}
