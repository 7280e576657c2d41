/** The gateway's doors on the web: frames by HTTP and WebSocket, and how the gateway stands. */
package io.physiowave.gateway.http;
