/** Loaded before a process under test: its wall clock is off by `TINCAN_TEST_CLOCK_SHIFT_MS`. */
const shiftMs = Number(process.env['TINCAN_TEST_CLOCK_SHIFT_MS'])
const now = Date.now.bind(Date)
Date.now = () => now() + shiftMs
