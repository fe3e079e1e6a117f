/**
 * What tests plant and no log may hold: keys, phrases, invite links, and the texts that people send. The whole run
 * looks for all of it in everything that was logged.
 */
import { addToRecord, atEnd } from './recordFolder.ts'

/** Shorter secrets would be found by chance. */
export const shortestSecret = 16

const planted = new Set<string>()
atEnd(() => {
  addToRecord('planted', [...planted].map((secret) => `${JSON.stringify(secret)}\n`).join(''))
})

/** No log of this run may hold `secret`. */
export function plant(secret: string): void {
  if (secret.length >= shortestSecret && planted.size < maxPlanted) planted.add(secret)
}

/** Keeps what is secret in a request to the product and in its answer. */
export function plantExchange(method: string, params: unknown, result: unknown): void {
  const [asked, answered] = [fieldsOf(params), fieldsOf(result)]
  for (const secret of [asked['phrase'], answered['phrase'], asked['text'], fieldsOf(asked['body'])['text']])
    if (typeof secret === 'string') plant(secret)
  if (method !== 'invite/create' || typeof answered['link'] !== 'string') return
  plant(answered['link'])
  plant(answered['link'].slice(answered['link'].indexOf('#') + 1))
}

/** A fuzzer sends more than anybody can look for. */
const maxPlanted = 20_000

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
