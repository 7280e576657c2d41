/** The gateway as a whole: its parts, opened and closed in their order. */
package io.physiowave.gateway.run;
