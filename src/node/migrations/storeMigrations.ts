import { version1 } from './version1.ts'
import { version2 } from './version2.ts'

/** Every migration of the store, oldest first: the n-th brings a store from version n-1 to n. Never edit a released one. */
export const storeMigrations: readonly string[] = [version1, version2]
