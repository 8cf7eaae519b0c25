import type { EntityClass, MigrationClass } from '../plugin-api/index.js';
import { DiscountCodeEntity } from './entities/discount-code.entity.js';
import { IdentityEntity } from './entities/identity.entity.js';
import { OrderLineEntity } from './entities/order-line.entity.js';
import { PersonEntity } from './entities/person.entity.js';
import { ProductEntity } from './entities/product.entity.js';
import { RefundEntity } from './entities/refund.entity.js';
import { ShopOrderEntity } from './entities/shop-order.entity.js';
import { VariantEntity } from './entities/variant.entity.js';
import { CreateCommerce } from './migrations/1763800200000-create-commerce.js';
import { DropOrderDateIndex } from './migrations/1763800201000-drop-order-date-index.js';
import { LineDelivery } from './migrations/1764010103000-line-delivery.js';
import { ProductCodes } from './migrations/1764010300000-product-codes.js';
import { Stacking } from './migrations/1764010900000-stacking.js';
import { GroupFloors } from './migrations/1764010903000-group-floors.js';
import { GiftCardLines } from './migrations/1764010701000-gift-card-lines.js';
import { FindMergedPeople } from './migrations/1764010950000-find-merged-people.js';
import { KeptFreeLines } from './migrations/1764011401000-kept-free-lines.js';
import { MemberSavings } from './migrations/1764011002000-member-savings.js';

/** `order_code`, `refund_line`, `stacking_rules`, `price_floor`, `group_floor` and `code_guess` have natural keys and are reached by statements only. */
export const entities: readonly EntityClass[] = [
  PersonEntity, IdentityEntity, ProductEntity, VariantEntity, ShopOrderEntity, OrderLineEntity, RefundEntity, DiscountCodeEntity,
];
export const migrations: readonly MigrationClass[] = [CreateCommerce, DropOrderDateIndex, LineDelivery, ProductCodes, GiftCardLines, Stacking, GroupFloors, FindMergedPeople, MemberSavings, KeptFreeLines];
