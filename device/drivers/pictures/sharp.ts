import sharp from 'sharp';

/**
 * The image library as the drivers of the sign use it: small, in a process that ends by itself. One thread, because the
 * hall's computer plays sound beside it; no cache, because nothing is drawn twice.
 */
sharp.cache(false);
sharp.concurrency(1);

/** Pictures in and out, and text by Pango. Of the painter's process and of the commands: never of the agent itself. */
export const images = sharp;
