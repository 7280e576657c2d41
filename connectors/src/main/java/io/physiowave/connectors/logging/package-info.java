/** What log lines carry beside their text. */
package io.physiowave.connectors.logging;
