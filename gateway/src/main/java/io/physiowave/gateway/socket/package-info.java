/** What the gateway's WebSockets have in common. */
package io.physiowave.gateway.socket;
