/** The live page as a command of its own. */
package io.physiowave.dashboard.command;
