package org.citustenancy.reports.rendering;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.statistics.Language;
import org.citustenancy.statistics.Total;
import org.citustenancy.tables.TableKind;

/** Formats figures. Sizes have the format of {@code pg_size_pretty}; an absent value is a dash. */
final class Wording {

    static final String ABSENT = "-";

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final int STEP = 1024;
    private static final int LAST_BEFORE_NEXT_UNIT = 10 * STEP;

    private final Language language;

    Wording(Language language) {
        this.language = language;
    }

    String say(String english, String spanish) {
        return language.choose(english, spanish);
    }

    /** Uses the smaller unit for less than ten of the larger one, as the server does. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.round(Math.abs(value)) >= LAST_BEFORE_NEXT_UNIT && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return Math.round(value) + " " + UNITS[unit];
    }

    static String size(OptionalLong bytes) {
        return bytes.isEmpty() ? ABSENT : size(bytes.getAsLong());
    }

    /** Marks a sum without some nodes. */
    static String size(Optional<Total> total) {
        return total.map(sum -> size(sum.value()) + mark(sum)).orElse(ABSENT);
    }

    static String count(Optional<Total> total) {
        return total.map(sum -> sum.value() + mark(sum)).orElse(ABSENT);
    }

    private static String mark(Total total) {
        return total.isPartial() ? "*" : "";
    }

    static String limit(OptionalInt limit) {
        return limit.isEmpty() ? ABSENT : Integer.toString(limit.getAsInt());
    }

    static String rows(OptionalLong rows) {
        return rows.isEmpty() ? ABSENT : "~" + rows.getAsLong();
    }

    static String percent(OptionalDouble ratio) {
        return ratio.isEmpty() ? ABSENT : String.format(Locale.ROOT, "%.1f %%", 100 * ratio.getAsDouble());
    }

    static String factor(OptionalDouble factor) {
        return factor.isEmpty() ? ABSENT : String.format(Locale.ROOT, "%.2f", factor.getAsDouble());
    }

    String kind(TableKind kind) {
        return switch (kind) {
            case DISTRIBUTED -> say("distributed", "distribuida");
            case REFERENCE -> say("reference", "de referencia");
            case SCHEMA -> say("in a distributed schema", "en un esquema distribuido");
            case LOCAL -> say("local", "local");
        };
    }

    String project() {
        return say("Database", "Base de Datos");
    }

    String size() {
        return say("Size", "Tamaño");
    }

    String connections() {
        return say("Connections", "Conexiones");
    }

    String node() {
        return say("Node", "Nodo");
    }

    String owner() {
        return say("Owner", "Propietario");
    }

    String limit() {
        return say("Limit", "Límite");
    }

    String without() {
        return say("* without nodes that did not answer: ", "* sin los nodos que no respondieron: ");
    }
}
