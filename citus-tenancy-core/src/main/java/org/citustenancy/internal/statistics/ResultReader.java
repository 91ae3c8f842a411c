package org.citustenancy.internal.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;

/** Values of rows that came as JSON, where fields are known by name alone and null means that nothing may be said. */
final class ResultReader {

    private ResultReader() {}

    static Optional<String> text(Record row, Field<String> field) {
        return text(row, field.getName());
    }

    static Optional<String> text(Record row, String name) {
        return Optional.ofNullable(row.get(name, String.class));
    }

    static boolean flag(Record row, Field<Boolean> field) {
        return flag(row, field.getName());
    }

    static boolean flag(Record row, String name) {
        return Boolean.TRUE.equals(row.get(name, Boolean.class));
    }

    static OptionalLong number(Record row, Field<Long> field) {
        return number(row, field.getName());
    }

    static OptionalLong number(Record row, String name) {
        Long value = row.get(name, Long.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static int count(Record row, Field<Integer> field) {
        return count(row, field.getName());
    }

    static int count(Record row, String name) {
        Integer value = row.get(name, Integer.class);
        return value == null ? 0 : value;
    }

    /** A limit on connections, of which -1 says that there is none. */
    static OptionalInt limit(Record row, Field<Integer> field) {
        Integer value = row.get(field.getName(), Integer.class);
        return value == null || value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static Optional<Instant> moment(Record row, Field<Long> micros) {
        return Optional.ofNullable(row.get(micros.getName(), Long.class))
                .map(value -> Instant.EPOCH.plus(value, ChronoUnit.MICROS));
    }

    static Duration age(Record row, Field<Long> micros) {
        return Duration.of(Math.max(0, number(row, micros).orElse(0)), ChronoUnit.MICROS);
    }
}
