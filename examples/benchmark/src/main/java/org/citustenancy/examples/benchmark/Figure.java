package org.citustenancy.examples.benchmark;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param what the measured operation
 * @param ours its cost with the library
 * @param comparedWith the alternative and its cost
 * @param ratio the ratio of the library's cost to the alternative's; absent without an alternative
 * @param bar the target
 * @param met whether the target is met; absent if it was not measured, or there is no target
 */
record Figure(String what, String ours, String comparedWith, OptionalDouble ratio, String bar, Optional<Boolean> met) {

    /** Creates a figure that compares a cost with another one of the same unit. */
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

    /** Creates a figure that compares a cost with another one without a target. */
    static Figure withoutBar(String what, Spread ours, String other, Spread others) {
        return new Figure(
                what,
                ours.toString(),
                other + " " + others,
                OptionalDouble.of(ours.median() / others.median()),
                "",
                Optional.empty());
    }

    /** Creates a figure of a cost without an alternative. */
    static Figure atMost(String what, long ours, String unit, long bar) {
        return new Figure(
                what, ours + " " + unit, "nothing", OptionalDouble.empty(), "<= " + bar, Optional.of(ours <= bar));
    }

    /** Creates a figure that was not measured, with the reason. */
    static Figure notMeasured(String what, String why) {
        return new Figure(what, "not measured: " + why, "", OptionalDouble.empty(), "", Optional.empty());
    }

    /** Describes whether the target is met. */
    String verdict() {
        return met.map(reached -> reached ? "met" : "not met").orElse("");
    }
}
