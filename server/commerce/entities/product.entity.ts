import { choice, Field, instant, ShopEntity, Table, text, type Instant } from '../../plugin-api/index.js';

@Table('product')
export class ProductEntity extends ShopEntity {
  @Field(text({ max: 200 })) externalId!: string;
  @Field(text({ max: 500 })) title!: string;
  @Field(text({ nullable: true, max: 200 })) category!: string | null;
  @Field(text({ nullable: true, max: 2000 })) imageUrl!: string | null;
  @Field(text({ nullable: true, max: 2000 })) url!: string | null;
  @Field(choice(['active', 'archived', 'deleted'])) status!: 'active' | 'archived' | 'deleted';
  @Field(instant()) snapshotAt!: Instant;
}
