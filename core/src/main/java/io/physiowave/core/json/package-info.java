/** What Jackson's messages lack. */
package io.physiowave.core.json;
