/** Where a local cluster keeps what, and which libraries each of its processes gets. */
package io.physiowave.cluster.layout;
