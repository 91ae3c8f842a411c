package org.citustenancy.internal.observing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A row of an answer in JSON. A field has only a name, and null means that the value must not be reported. */
public final class AnswerRow {

    private final Record row;
    private final String prefix;

    AnswerRow(Record row) {
        this(row, "");
    }

    private AnswerRow(Record row, String prefix) {
        this.row = row;
        this.prefix = prefix;
    }

    /**
     * Returns the row with only the fields whose names have a prefix.
     *
     * @param start the prefix
     * @return the same row by these fields
     */
    public AnswerRow under(String start) {
        return new AnswerRow(row, start);
    }

    /**
     * Returns a text.
     *
     * @return empty for null
     */
    public String text(Field<String> field) {
        return optionalText(field).orElse("");
    }

    /**
     * Returns an optional text.
     *
     * @return absent for null
     */
    public Optional<String> optionalText(Field<String> field) {
        return Optional.ofNullable(value(field, String.class));
    }

    /**
     * Returns a boolean.
     *
     * @return false for null
     */
    public boolean flag(Field<Boolean> field) {
        return Boolean.TRUE.equals(value(field, Boolean.class));
    }

    /**
     * Returns a number.
     *
     * @return 0 for null
     */
    public int number(Field<Integer> field) {
        Integer value = value(field, Integer.class);
        return value == null ? 0 : value;
    }

    /**
     * Returns a large number.
     *
     * @return 0 for null
     */
    public long large(Field<Long> field) {
        return optionalLarge(field).orElse(0);
    }

    /**
     * Returns an optional large number.
     *
     * @return absent for null
     */
    public OptionalLong optionalLarge(Field<Long> field) {
        Long value = value(field, Long.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * Returns a connection limit; -1 means no limit.
     *
     * @return absent for null and without a limit
     */
    public OptionalInt limit(Field<Integer> field) {
        Integer value = value(field, Integer.class);
        return value == null || value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * Returns a time.
     *
     * @param micros the field, in microseconds since 1970
     * @return absent for null
     */
    public Optional<Instant> moment(Field<Long> micros) {
        return Optional.ofNullable(value(micros, Long.class))
                .map(value -> Instant.EPOCH.plus(value, ChronoUnit.MICROS));
    }

    /**
     * Returns an age.
     *
     * @param micros the field, in microseconds
     * @return zero for null, and for a time that is in the future by the clock of another node
     */
    public Duration age(Field<Long> micros) {
        return Duration.of(Math.max(0, large(micros)), ChronoUnit.MICROS);
    }

    /**
     * Returns a duration.
     *
     * @param field the field, in seconds
     * @return zero for null
     */
    public Duration seconds(Field<Double> field) {
        Double seconds = value(field, Double.class);
        return Duration.ofNanos((long) ((seconds == null ? 0.0 : seconds) * TimeUnit.SECONDS.toNanos(1)));
    }

    private <T> @Nullable T value(Field<T> field, Class<T> type) {
        return row.get(prefix + field.getName(), type);
    }
}
