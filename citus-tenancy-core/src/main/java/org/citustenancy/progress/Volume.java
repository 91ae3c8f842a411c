package org.citustenancy.progress;

/**
 * How much data has gone through.
 *
 * @param rows rows so far
 * @param bytes bytes of rows so far, before compression
 */
public record Volume(long rows, long bytes) {

    /** Nothing, or not counted. */
    public static final Volume NONE = new Volume(0, 0);
}
