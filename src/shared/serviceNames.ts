import type { ServiceMethod, ServiceNotification } from './service.ts'

// The compiler refuses a name that is missing here or that the service does not have.
const methods: Readonly<Record<ServiceMethod, true>> = {
  'identity/state': true,
  'identity/get': true,
  'identity/create': true,
  'identity/phrase': true,
  'identity/confirmPhrase': true,
  'identity/recover': true,
  'identity/restore': true,
  'identity/rename': true,
  'invite/create': true,
  'invite/list': true,
  'invite/revoke': true,
  'invite/confirm': true,
  'invite/inspect': true,
  'invite/accept': true,
  'invite/abandon': true,
  'conversation/list': true,
  'conversation/history': true,
  'conversation/read': true,
  'conversation/atTime': true,
  'search/messages': true,
  'draft/get': true,
  'draft/set': true,
  'message/get': true,
  'message/send': true,
  'room/create': true,
  'room/invite': true,
  'room/members': true,
  'room/setRole': true,
  'room/remove': true,
  'room/leave': true,
  'room/dissolve': true,
  'room/set': true,
  'room/offers': true,
  'room/answer': true,
  'conversation/notify': true,
  'conversation/typing': true,
  'contact/ask': true,
  'contact/introduce': true,
  'contact/requests': true,
  'contact/answer': true,
  'safety/number': true,
  'safety/verify': true,
  'store/state': true,
  'store/retry': true,
  'store/noted': true,
  'network/status': true,
  'network/retry': true,
  'privacy/get': true,
  'privacy/set': true,
  'scan/text': true,
  shutdown: true,
}

const notifications: Readonly<Record<ServiceNotification, true>> = {
  'identity/changed': true,
  'message/added': true,
  'message/changed': true,
  'conversation/changed': true,
  'invite/joining': true,
  'invite/changed': true,
  'network/changed': true,
  'room/membersChanged': true,
  'room/offersChanged': true,
  'contact/requestsChanged': true,
  'store/changed': true,
}

/** The value as a method of the service, or `undefined` if there is none of this name. */
export function parseServiceMethod(value: string): ServiceMethod | undefined {
  return Object.hasOwn(methods, value) ? (value as ServiceMethod) : undefined
}

/** Everything that subscribers can be told. */
export const serviceNotifications = Object.keys(notifications) as readonly ServiceNotification[]
