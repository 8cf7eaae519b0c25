/** The public contract: the only thing a plugin imports from the server (`guanxi/plugin`). */
import 'reflect-metadata';

export { z } from 'zod';
export { inject, injectable } from 'tsyringe';
export * from './activities.js';
export * from './capabilities.js';
export * from './columns.js';
export * from './commerce.js';
export * from './context.js';
export * from './contract-token.js';
export * from './contributions.js';
export * from './database.js';
export * from './economy.js';
export * from './entity.js';
export * from './errors.js';
export * from './http.js';
export * from './ids.js';
export * from './manifest.js';
export * from './migration.js';
export { minorDigits, minorUnits, moneyText, type MoneyStyle } from './money.js';
export * from './planner.js';
export * from './plugin.js';
export * from './programme.js';
export * from './routes.js';
export * from './settings.js';
export * from './sql.js';
export * from './time.js';
export * from './version.js';
