import { definePlugin } from 'guanxi/plugin';
import { Like } from './entities/like.entity.js';
import { manifest } from './manifest.js';
import { CreateLikes } from './migrations/create-likes.migration.js';
import { adminRoutes } from './routes/admin.routes.js';
import { storefrontRoutes } from './routes/storefront.routes.js';
import { Likes, likeStatements } from './services/likes.service.js';

export default definePlugin({
  manifest,
  entities: () => [Like],
  migrations: () => [CreateLikes],
  statements: () => likeStatements,
  services: (app) => { app.container.register(Likes, { useValue: new Likes(app.use('db'), app.use('products.read')) }); },
  routes: (router, app) => {
    const likes = app.container.resolve(Likes);
    adminRoutes(router.admin, likes);
    storefrontRoutes(router.storefront, likes);
  },
  on: (app) => ({ 'customer.merged': (ctx, event) => app.container.resolve(Likes).merge(ctx, event.personId, event.into) }),
});
