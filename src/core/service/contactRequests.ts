/** What each request about contacts does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import type { ContactRequests } from '../../shared/contacts.ts'
import { toHex } from '../codec/bytes.ts'
import { contactOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'

type ContactHandlers = {
  readonly [M in keyof ContactRequests]: (
    context: RequestContext,
    params: ContactRequests[M]['params'],
  ) => Promise<ContactRequests[M]['result']> | ContactRequests[M]['result']
}

export const contactHandlers: ContactHandlers = {
  'contact/ask': async ({ engine }, { person }) => {
    await engine().requests.ask(person)
    return null
  },
  'contact/introduce': async ({ engine }, { person, to }) => {
    await engine().introductions.introduce(person, to)
    return null
  },
  'contact/requests': ({ engine }) => engine().requests.list(),
  'contact/answer': async ({ engine }, { request, accept }) => {
    const { requestBook, requests, introductions } = engine()
    const record = requestBook.all.find(({ id, state }) => state === 'incoming' && toHex(id) === request)
    if (record === undefined) throw chatError('unknown-request')
    if (record.introducedBy === undefined) {
      const conversation = await requests.answer(record, accept)
      return conversation === undefined ? {} : { conversation: conversation.id }
    }
    await introductions.answer(record, accept)
    return {}
  },
  'contact/rename': async ({ engine }, { person, name }) => {
    const contact = contactOf(engine(), person)
    await engine().contacts.rename(person, name === contact.name ? undefined : name)
    return null
  },
  'contact/block': async ({ engine }, { person, blocked }) => {
    contactOf(engine(), person)
    await engine().blocking.set(person, blocked)
    return null
  },
  'contact/delete': async ({ engine }, { person }) => {
    await engine().removal.contact(person)
    return null
  },
}
