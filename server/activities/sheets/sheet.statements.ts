import { statement } from '../../plugin-api/index.js';

export interface SheetRow { readonly version: number; readonly type: string; readonly at: number; readonly hash: string; readonly content: string; readonly changes: string }

export const ADD_SHEET = statement(`INSERT INTO publication_sheet (shop_id, activity_id, version, type, at, hash, content, changes) VALUES (:shop, :activity, :version, :type, :at, :hash, :content, :changes)`);
/** Newest first; an activity changes a few times in its life. */
export const SHEETS = statement<SheetRow>('SELECT version, type, at, hash, content, changes FROM publication_sheet WHERE shop_id = :shop AND activity_id = :activity ORDER BY version DESC LIMIT 200');
export const LATEST_SHEET = statement<{ version: number }>('SELECT COALESCE(MAX(version), 0) AS version FROM publication_sheet WHERE shop_id = :shop AND activity_id = :activity');
export const ORGANISER = statement<{ legal_name: string; contact: string; complaints: string }>('SELECT legal_name, contact, complaints FROM shop_organiser WHERE shop_id = :shop');
export const SAVE_ORGANISER = statement(`INSERT INTO shop_organiser (shop_id, id, legal_name, contact, complaints, created_at, updated_at) VALUES (:shop, 'organiser', :legalName, :contact, :complaints, :now, :now)
  ON CONFLICT (shop_id, id) DO UPDATE SET legal_name = :legalName, contact = :contact, complaints = :complaints, updated_at = :now`);
