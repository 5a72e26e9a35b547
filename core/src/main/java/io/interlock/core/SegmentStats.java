package io.interlock.core;

/**
 * Figures of a segment, read while others go on.
 *
 * @param recoveries       how often something was taken over from a dead participant
 * @param waits            how often any thread of any process went to sleep
 * @param participants     how many processes are attached now
 * @param maxParticipants  how many can be
 * @param objects          how many objects there are
 * @param maxObjects       how many there can be
 * @param sizeBytes        size of the file
 * @param freeBytes        bytes left for new objects
 */
public record SegmentStats(long recoveries, long waits, int participants, int maxParticipants, int objects,
        int maxObjects, long sizeBytes, long freeBytes) {
}
