import { rightToLeftLetter } from '../../shared/rightToLeftLetter.ts'

/** Before any other letter. */
const beginsRightToLeft = new RegExp(`^[^\\p{L}]*${rightToLeftLetter}`, 'u')

/**
 * Where a text runs, by its first letter. What `dir="auto"` finds for an element is blind to what within it has a `dir` of
 * its own: an item of a list, or a quotation, needs to be told.
 */
export const directionOf = (text: string): 'rtl' | 'ltr' => (beginsRightToLeft.test(text) ? 'rtl' : 'ltr')
