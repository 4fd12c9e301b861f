/** The box under the agent, as far as it can be seen. A member that is absent is not known: no warning comes of that. */
export interface MachineReading {
  load1m?: number;
  cores?: number;
  memoryAvailableBytes?: number;
  memoryTotalBytes?: number;
  /** Of this process. */
  rssBytes?: number;
  temperatureC?: number;
  /** The supply is too weak now; a Raspberry Pi knows it. */
  isUnderVoltage?: boolean;
  /** It was, since the box was switched on. */
  wasUnderVoltage?: boolean;
  /** The processor runs slower than it could, for heat or want of power. */
  isSlowed?: boolean;
  diskFreeBytes?: number;
  /** Inodes: each sound file is one. */
  diskFreeFiles?: number;
  isReadOnly?: boolean;
  /** Errors that the file system has counted since it was made. */
  fileSystemErrors?: number;
  /** Of its life, by the card's own count; SD cards do not tell. */
  wearPercent?: number;
  /** Of its spare blocks, by an eMMC's own count (PRE_EOL_INFO). */
  sparesUsedPercent?: number;
  /** What was written since the file system was made, in sizes of the whole card. */
  writtenTimes?: number;
  /** A small file written, synced and read back: how long it took, or why it could not. */
  canary?: { ms: number } | { fault: string };
  strays?: Strays;
  descriptors?: number;
  descriptorLimit?: number;
  wifiDbm?: number;
  mobile?: MobileSignal;
}

/** Files of the hall that are not its user's, or are open to others. */
export interface Strays {
  count: number;
  /** Path of one of them, in the data folder. */
  first: string;
}

export interface MobileSignal {
  percent: number;
  /** `lte`, `umts`, ... */
  technology?: string;
  /** `connected`, `searching`, ... */
  state?: string;
}

export interface Machine {
  /**
   * Never rejects; within seconds but for the canary, which takes as long as the card does. `isFresh`: what is looked at more
   * seldom for the sake of card and modem is looked at now.
   */
  read(isFresh?: boolean): Promise<MachineReading>;
}
