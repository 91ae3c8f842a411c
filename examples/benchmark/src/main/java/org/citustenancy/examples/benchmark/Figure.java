package org.citustenancy.examples.benchmark;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param what what was done
 * @param ours what it costs by this library
 * @param comparedWith what it is compared with, and its cost
 * @param ratio ours to the other's; absent where it is compared with nothing
 * @param bar what is to be reached
 * @param met whether it is; absent if it was not measured, or there is no bar
 */
record Figure(String what, String ours, String comparedWith, OptionalDouble ratio, String bar, Optional<Boolean> met) {

    /** A cost beside another one, of the same unit. */
    static Figure ratio(String what, Spread ours, String other, Spread others, double bar) {
        double ratio = ours.median() / others.median();
        return new Figure(
                what,
                ours.toString(),
                other + " " + others,
                OptionalDouble.of(ratio),
                String.format(Locale.ROOT, "<= %.2f", bar),
                Optional.of(ratio <= bar));
    }

    /** A cost beside another one, for orientation. */
    static Figure withoutBar(String what, Spread ours, String other, Spread others) {
        return new Figure(
                what,
                ours.toString(),
                other + " " + others,
                OptionalDouble.of(ours.median() / others.median()),
                "",
                Optional.empty());
    }

    /** A cost by itself. */
    static Figure atMost(String what, long ours, String unit, long bar) {
        return new Figure(
                what, ours + " " + unit, "nothing", OptionalDouble.empty(), "<= " + bar, Optional.of(ours <= bar));
    }

    /** A figure that was not measured, with the reason. */
    static Figure notMeasured(String what, String why) {
        return new Figure(what, "not measured: " + why, "", OptionalDouble.empty(), "", Optional.empty());
    }

    /** In words whether the bar is met. */
    String verdict() {
        return met.map(reached -> reached ? "met" : "not met").orElse("");
    }
}
