import { Field, id, instant, ShopEntity, Table, text, type Instant } from '../../plugin-api/index.js';

/** A platform's customer as an identity of a person; unique by platform and the platform's id. */
@Table('identity')
export class IdentityEntity extends ShopEntity {
  @Field(text({ max: 40 })) platform!: string;
  @Field(text({ max: 200 })) externalId!: string;
  @Field(id()) personId!: string;
  /** Version of the snapshot that was folded last. */
  @Field(instant()) snapshotAt!: Instant;
}
