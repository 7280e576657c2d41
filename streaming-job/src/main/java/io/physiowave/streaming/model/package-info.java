/** The models a job serves, and how their windows are cut from each kind of stream. */
package io.physiowave.streaming.model;
