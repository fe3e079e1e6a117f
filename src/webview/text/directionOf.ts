/** A letter of a script that runs from right to left, before any other letter. */
const beginsRightToLeft =
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/**
 * Where a text runs, by its first letter. What `dir="auto"` finds for an element is blind to what within it has a `dir` of
 * its own: an item of a list, or a quotation, needs to be told.
 */
export const directionOf = (text: string): 'rtl' | 'ltr' => (beginsRightToLeft.test(text) ? 'rtl' : 'ltr')
