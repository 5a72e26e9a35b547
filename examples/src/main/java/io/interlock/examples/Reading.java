package io.interlock.examples;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;

/**
 * What a sensor has measured.
 *
 * @param sensor  number of the sensor
 * @param number  number of the reading: 0, 1, 2 and so on, for each sensor
 * @param voltage in volts
 */
record Reading(int sensor, int number, double voltage) {

    /** 16 bytes. */
    static final Codec<Reading> CODEC = new Codec<>() {

        @Override
        public String id() {
            return "io.interlock.examples.reading";
        }

        @Override
        public void encode(Reading reading, EncodeBuffer out) {
            out.putInt(reading.sensor);
            out.putInt(reading.number);
            out.putDouble(reading.voltage);
        }

        @Override
        public Reading decode(ByteBuffer message) {
            return new Reading(message.getInt(), message.getInt(), message.getDouble());
        }
    };
}
