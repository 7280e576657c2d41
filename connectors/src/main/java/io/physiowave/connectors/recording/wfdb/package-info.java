/**
 * Records in the WaveForm DataBase (WFDB) format of PhysioNet: headers, signal files, annotation
 * files.
 *
 * @see <a href="https://wfdb.io/spec/">The WFDB file format specification</a>
 */
package io.physiowave.connectors.recording.wfdb;
