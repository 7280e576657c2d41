/**
 * Label events: what the job says about a window or a beat, with codecs and the derived identity.
 */
package io.physiowave.core.label;
