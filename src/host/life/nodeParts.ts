/** What loads SQLite, the sockets and the cipher, in one module that is loaded only when it is needed. */
export { createJoinProfile } from '../../node/windows/joinProfile.ts'
