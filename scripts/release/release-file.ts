import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { Architecture, Release, Version } from '../../firmware-protocol/content/release.ts';
import { readManifest } from '../../firmware-protocol/content/release-manifest.ts';
import { type SigningKey, signed } from '../../firmware-protocol/content/signature.ts';
import { Failed } from '../cli.ts';
import { refuseConfig, writtenJson } from '../operator/written-document.ts';

/** `build-ARCHITECTURE.json`, as scripts/packaging/build-deb writes it. */
const Build = z.object({
  architecture: Architecture,
  version: Version,
  manifest: Sha256,
  bytes: z.int().min(1),
});
export type Build = z.infer<typeof Build>;

export interface ReleaseTerms {
  area: string;
  by: string;
  least: string;
  share: number;
  spreadMinutes: number;
  notBefore: number;
}

/** Every build in a folder of build-deb; they must be of one version. */
export async function buildsIn(folder: string): Promise<Build[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /^build-[a-z0-9]+\.json$/.test(name));
  const builds = await Promise.all(
    files.map(async (name) => Build.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
  const versions = new Set(builds.map(({ version }) => version));
  if (versions.size === 1) return builds;
  const found = [...versions].join(', ');
  const words =
    versions.size === 0
      ? {
          en: `there is no build in ${folder}: scripts/packaging/build-deb makes them, --builds names another folder`,
          th: `ไม่มีโปรแกรมที่สร้างไว้ใน ${folder} ให้สร้างด้วย scripts/packaging/build-deb หรือระบุโฟลเดอร์อื่นด้วย --builds`,
        }
      : {
          en: `${folder} holds builds of several versions: ${found}`,
          th: `โฟลเดอร์ ${folder} มีหลายรุ่นปนกัน: ${found}`,
        };
  throw new Failed(words, { code: 'no-build' });
}

/** The signed document. Throws ZodError for terms that no release may have. */
export function releaseOf(builds: Build[], terms: ReleaseTerms, now: number, key: SigningKey): Release {
  const { area, by, least, share, spreadMinutes, notBefore } = terms;
  return Release.parse(
    signed(
      {
        format: 1,
        area,
        version: builds[0]?.version,
        by,
        issued_at: instantOf(now),
        not_before: instantOf(notBefore),
        spread_minutes: spreadMinutes,
        share,
        least,
        builds: Object.fromEntries(
          builds.map(({ architecture, manifest, bytes }) => [architecture, { manifest, bytes }]),
        ),
      },
      key,
    ),
  );
}

/** A signed document and its very bytes. Rejects with Failed that has the place of each fault. */
export async function readRelease(path: string): Promise<{ release: Release; text: string }> {
  const written = await writtenJson(path);
  refuseConfig(path, Release, written);
  return { release: Release.parse(written), text: await readFile(path, 'utf8') };
}

/** The hashes of all that a release names, the manifests last: who sees one finds its files. */
export async function filesOf(release: Release, media: string): Promise<string[]> {
  const manifests = Object.values(release.builds).map(({ manifest }) => manifest);
  const files = new Set<string>();
  for (const sha256 of manifests) {
    const text = await readFile(join(media, sha256), 'utf8').catch(() => '');
    const manifest = readManifest(text);
    if ('fault' in manifest)
      throw new Failed(
        { en: `${media} does not hold this release: ${manifest.fault}`, th: `${media} ไม่มีไฟล์ของรุ่นนี้` },
        { code: 'no-build' },
      );
    for (const file of manifest.files) files.add(file.sha256);
  }
  return [...files, ...manifests];
}
