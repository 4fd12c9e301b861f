import type { Architecture } from '../../firmware-protocol/content/release.ts';

/** A kind of machine that halls have: how Debian, npm and its own binaries call it. */
export interface Target {
  architecture: Architecture;
  npmCpu: string;
  /** Folder of @serialport/bindings-cpp/prebuilds. */
  prebuilds: string;
  /** e_machine of ELF files (System V ABI, 4.1). */
  elfMachine: number;
}

export const TARGETS: Readonly<Record<Architecture, Target>> = {
  amd64: { architecture: 'amd64', npmCpu: 'x64', prebuilds: 'linux-x64', elfMachine: 62 },
  arm64: { architecture: 'arm64', npmCpu: 'arm64', prebuilds: 'linux-arm64', elfMachine: 183 },
  // Raspberry Pi OS of 32 bits; ARMv6 boards (Pi Zero, Pi 1) have no Node 20.
  armhf: { architecture: 'armhf', npmCpu: 'arm', prebuilds: 'linux-arm', elfMachine: 40 },
};
