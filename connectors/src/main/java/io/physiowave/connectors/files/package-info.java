/** Files that commands write. */
package io.physiowave.connectors.files;
