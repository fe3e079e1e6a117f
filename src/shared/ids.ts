/**
 * Identifiers as they travel between layers: lower-case hexadecimal strings, branded so that one kind is never taken
 * for another. Their bytes live in `core`.
 */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A person: the Ed25519 root public key, 64 hex digits. */
export type PersonId = Branded<'PersonId'>
/** A device: its Ed25519 public key, 64 hex digits. */
export type DeviceId = Branded<'DeviceId'>
/** A conversation: 32 bytes that only its members can compute, 64 hex digits. */
export type ConversationId = Branded<'ConversationId'>
/**
 * A message: 12 hex digits of its clock, then the 64 of its event id. Comparing two of one conversation as strings
 * gives their order, the same on every machine.
 */
export type MessageId = Branded<'MessageId'>
/** An invite, on the side that made it: 16 random bytes, 32 hex digits. */
export type InviteId = Branded<'InviteId'>

const isHex = (value: unknown, digits: number): value is string =>
  typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value)

/** The value as a `PersonId`, or `undefined` if it is not 64 lower-case hex digits. */
export const parsePersonId = (value: unknown): PersonId | undefined =>
  isHex(value, 64) ? (value as PersonId) : undefined
/** The value as a `DeviceId`, or `undefined` if it is not 64 lower-case hex digits. */
export const parseDeviceId = (value: unknown): DeviceId | undefined =>
  isHex(value, 64) ? (value as DeviceId) : undefined
/** The value as a `ConversationId`, or `undefined` if it is not 64 lower-case hex digits. */
export const parseConversationId = (value: unknown): ConversationId | undefined =>
  isHex(value, 64) ? (value as ConversationId) : undefined
/** The value as a `MessageId`, or `undefined` if it is not 76 lower-case hex digits. */
export const parseMessageId = (value: unknown): MessageId | undefined =>
  isHex(value, 76) ? (value as MessageId) : undefined
/** The value as an `InviteId`, or `undefined` if it is not 32 lower-case hex digits. */
export const parseInviteId = (value: unknown): InviteId | undefined =>
  isHex(value, 32) ? (value as InviteId) : undefined
