package org.citustenancy.internal.observing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.citustenancy.internal.shaded.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A row of an answer in JSON. A field has only a name, and null means that the value must not be reported. */
public final class AnswerRow {

    private final Map<?, ?> row;
    private final String prefix;

    AnswerRow(Map<?, ?> row) {
        this(row, "");
    }

    private AnswerRow(Map<?, ?> row, String prefix) {
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

    /** Returns a row that is the value of a field of this one. */
    AnswerRow row(Field<String> field) {
        return new AnswerRow((Map<?, ?>) Objects.requireNonNull(value(field)));
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
        return Optional.ofNullable(value(field)).map(Object::toString);
    }

    /**
     * Returns a boolean.
     *
     * @return false for null
     */
    public boolean flag(Field<Boolean> field) {
        return Boolean.TRUE.equals(value(field));
    }

    /**
     * Returns a number.
     *
     * @return 0 for null
     */
    public int number(Field<Integer> field) {
        Number value = numeric(field);
        return value == null ? 0 : value.intValue();
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
        Number value = numeric(field);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.longValue());
    }

    /**
     * Returns a connection limit; -1 means no limit.
     *
     * @return absent for null and without a limit
     */
    public OptionalInt limit(Field<Integer> field) {
        Number value = numeric(field);
        return value == null || value.intValue() < 0 ? OptionalInt.empty() : OptionalInt.of(value.intValue());
    }

    /**
     * Returns a time.
     *
     * @param micros the field, in microseconds since 1970
     * @return absent for null
     */
    public Optional<Instant> moment(Field<Long> micros) {
        return Optional.ofNullable(numeric(micros))
                .map(value -> Instant.EPOCH.plus(value.longValue(), ChronoUnit.MICROS));
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
        Number seconds = numeric(field);
        return Duration.ofNanos((long) ((seconds == null ? 0.0 : seconds.doubleValue()) * TimeUnit.SECONDS.toNanos(1)));
    }

    private @Nullable Number numeric(Field<?> field) {
        Object value = value(field);
        return value == null || value instanceof Number ? (Number) value : new BigDecimal(value.toString());
    }

    private @Nullable Object value(Field<?> field) {
        String name = prefix + field.getName();
        Object value = row.get(name);
        if (value == null && !row.containsKey(name)) {
            throw new IllegalArgumentException("The answer has no field " + name + ", only " + row.keySet());
        }
        return value;
    }
}
