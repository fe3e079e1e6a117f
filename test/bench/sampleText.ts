import type { SeededRandom } from '../doubles/seededRandom.ts'

const vocabularySize = 20_000
const wordsOfText = 30

/** The nth word of a made-up language, of which the first ones are common and the last ones rare. */
export const sampleWord = (n: number): string =>
  Math.imul(n + 1, 2_654_435_761)
    .toString(36)
    .replace('-', 'z')
    .slice(0, 3 + (n % 6))

/** A text of about 200 bytes whose words are as often as those of people: few all the time, most hardly ever. */
export function sampleText(random: SeededRandom): string {
  const share = (): number => random.below(1_000) / 1_000
  return Array.from({ length: wordsOfText }, () => sampleWord(Math.floor(share() ** 3 * vocabularySize))).join(' ')
}
