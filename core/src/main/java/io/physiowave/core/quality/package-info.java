/** Signal quality of a window: three levels, with the reason. */
package io.physiowave.core.quality;
