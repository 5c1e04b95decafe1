import { logger } from 'matrix-js-sdk/lib/logger.js'

/*
 * matrix-js-sdk logs every request at debug level, addresses included; Foyer says what matters itself. Its logger is one
 * of the loglevel package, whose switches the exported type leaves out.
 */
;(logger as typeof logger & { disableAll(): void }).disableAll()
