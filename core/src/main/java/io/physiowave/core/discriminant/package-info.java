/** Fisher's linear discriminant. */
package io.physiowave.core.discriminant;
