/** Watches the job from outside, through Kafka alone: its labels, its rejections, its progress. */
package io.physiowave.quickstart.observe;
