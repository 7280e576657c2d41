/** Compares annotation files beat by beat, after ANSI/AAMI EC57, and tells the figures. */
package io.physiowave.connectors.score;
