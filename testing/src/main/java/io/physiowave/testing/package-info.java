/** Real servers for tests. */
package io.physiowave.testing;
