import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { BrokenRoom, NoSuchRoom } from './dead-ends.tsx';
import { House } from './house.tsx';
import { ROOMS } from './room-table.ts';

/** One route a room; what a room keeps in the address it reads with its own `useSearch`. */
export function roomRouter() {
  const root = createRootRoute({ component: House, notFoundComponent: NoSuchRoom });
  const routes = ROOMS.map(({ path, load }) =>
    createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
  );
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: '/console',
    defaultErrorComponent: BrokenRoom,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}
