/** One letter of a script that runs from right to left; part of a regular expression with the flag `u`. */
export const rightToLeftLetter =
  '[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}]'
