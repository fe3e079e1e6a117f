/** Parameters of the requests about contacts, and about knowing that they are who they seem. */
import { parsePersonId } from '../../shared/ids.ts'
import type { ContactRequests } from '../../shared/contacts.ts'
import type { SafetyRequests } from '../../shared/safety.ts'
import { parseName } from '../contact/name.ts'
import { verdicts } from '../safety/comparisonStep.ts'
import type { Fields } from './fields.ts'
import { flag, oneOf, text, whole } from './fields.ts'

type Requests = ContactRequests & SafetyRequests
type ContactParsers = { readonly [M in keyof Requests]: (fields: Fields) => Requests[M]['params'] | undefined }

const maxLocalId = 64
/** Whatever a scanner reads: what no code is as long as is told apart by the code's own parser. */
const maxScanLength = 4096

const personOnly = ({ person }: Fields): { person: Requests['safety/number']['params']['person'] } | undefined =>
  whole({ person: parsePersonId(person) })

export const contactParsers: ContactParsers = {
  'contact/ask': personOnly,
  'contact/introduce': ({ person, to }) => whole({ person: parsePersonId(person), to: parsePersonId(to) }),
  'contact/requests': () => ({}),
  'contact/answer': ({ request, accept }) => whole({ request: text(request, maxLocalId), accept: flag(accept) }),
  'contact/rename': ({ person, name }) =>
    name === undefined ? personOnly({ person }) : whole({ person: parsePersonId(person), name: parseName(name) }),
  'contact/block': ({ person, blocked }) => whole({ person: parsePersonId(person), blocked: flag(blocked) }),
  'contact/delete': personOnly,
  'safety/number': personOnly,
  'safety/verify': ({ person, verified }) => whole({ person: parsePersonId(person), verified: flag(verified) }),
  'safety/scan': ({ person, code }) => whole({ person: parsePersonId(person), code: text(code, maxScanLength) }),
  'safety/compare': personOnly,
  'safety/judge': ({ person, verdict }) => whole({ person: parsePersonId(person), verdict: oneOf(verdict, verdicts) }),
  'safety/comparison': personOnly,
}
