package org.citustenancy.progress;

/**
 * The amount of processed data.
 *
 * @param rows the number of rows so far
 * @param bytes the bytes of rows so far, before compression
 */
public record Volume(long rows, long bytes) {

    /** No data, or not counted. */
    public static final Volume NONE = new Volume(0, 0);
}
