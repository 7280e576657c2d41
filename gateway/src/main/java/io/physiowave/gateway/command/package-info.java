/** The command of this module. */
package io.physiowave.gateway.command;
