/**
 * Rhythm around a beat: intervals to its neighbours and how it compares with the beats before it.
 */
package io.physiowave.core.rhythm;
