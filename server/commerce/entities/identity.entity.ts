import { Field, id, json, ShopEntity, Table, text, type Instant } from '../../plugin-api/index.js';

/** A platform's customer as an identity of a person; unique by platform and the platform's id. */
@Table('identity')
export class IdentityEntity extends ShopEntity {
  @Field(text({ max: 40 })) platform!: string;
  @Field(text({ max: 200 })) externalId!: string;
  @Field(id()) personId!: string;
  /** For each field the version of the snapshot that last said something about it, so that partial snapshots converge in any order. */
  @Field(json()) versions!: Readonly<Record<string, Instant>>;
}
