/** Who may send: tokens and the streams they are for, and web pages of which sites. */
package io.physiowave.gateway.access;
