/** Where the package puts the configuration of a hall, and what the hall keeps. */
export const CONFIG_PATH = '/etc/prakat/hall.json';
export const DATA_PATH = '/var/lib/prakat';
