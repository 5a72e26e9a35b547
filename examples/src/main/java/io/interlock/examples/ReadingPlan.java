package io.interlock.examples;

import java.util.SplittableRandom;

/**
 * Which readings there are to be. What a sensor measures follows from the seed, so that a process that was started
 * again measures the same, and a judge knows each reading.
 *
 * @param sensors   number of sensors
 * @param perSensor readings of each
 * @param seed      of the voltages
 */
record ReadingPlan(int sensors, int perSensor, long seed) {

    /** Place of a reading that is not in the plan. */
    static final int NONE = -1;

    private static final double NOMINAL_VOLTS = 230;
    private static final double DEVIATION_VOLTS = 10;
    /** Spreads the readings over all seeds; odd, as SplitMix wants it. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** Number of all readings. */
    int size() {
        return sensors * perSensor;
    }

    /** One of them. */
    Reading reading(int sensor, int number) {
        SplittableRandom random = new SplittableRandom(seed + SPREAD * place(sensor, number));
        return new Reading(sensor, number, NOMINAL_VOLTS + DEVIATION_VOLTS * (2 * random.nextDouble() - 1));
    }

    /** Place of a reading in the plan, 0 to {@code size() - 1}; {@link #NONE} if it is not in it just so. */
    int placeOf(Reading reading) {
        int sensor = reading.sensor();
        int number = reading.number();
        boolean planned = sensor >= 0 && sensor < sensors && number >= 0 && number < perSensor
                && reading.equals(reading(sensor, number));
        return planned ? place(sensor, number) : NONE;
    }

    int place(int sensor, int number) {
        return sensor * perSensor + number;
    }

    /** Sensor of the reading at a place. */
    int sensorAt(int place) {
        return place / perSensor;
    }
}
