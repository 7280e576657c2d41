package io.physiowave.benchmarks.gateway;

import io.physiowave.benchmarks.platform.Machine;
import java.util.List;

/**
 * What {@code bench gateway} reports.
 *
 * @param machine where
 * @param devices that sent
 * @param frameBytes of one frame, protobuf
 * @param samplesPerFrame all channels
 * @param load share of the capacity that is offered where times are measured
 * @param webSocket frames as messages of a WebSocket, several unanswered
 * @param http frames as one request each, one after the other
 * @param labels by number of listeners
 */
public record GatewayReport(
    Machine machine,
    int devices,
    int frameBytes,
    int samplesPerFrame,
    double load,
    DoorFigures webSocket,
    DoorFigures http,
    List<ListenerFigures> labels) {}
