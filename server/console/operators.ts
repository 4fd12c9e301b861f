import './opening.css';

/** Small, so that the page says what it is at once; the rest comes behind it. */
const place = document.getElementById('console');
if (place === null) throw new Error('the page has no #console');

const { openDoor } = await import('./door/open-door.tsx');
await openDoor(place);
