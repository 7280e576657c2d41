/** Commands of this module, and the runner that every module's commands share. */
package io.physiowave.connectors.command;
