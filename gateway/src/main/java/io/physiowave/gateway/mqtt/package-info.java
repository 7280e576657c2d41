/** The gateway's door to a broker of MQTT: frames of devices that publish there. */
package io.physiowave.gateway.mqtt;
