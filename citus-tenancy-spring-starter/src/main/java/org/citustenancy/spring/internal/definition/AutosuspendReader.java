package org.citustenancy.spring.internal.definition;

import org.citustenancy.spring.properties.AutosuspendProperties;
import org.citustenancy.suspending.AutosuspendOptions;

/** Reads which projects are suspended, and when. */
record AutosuspendReader(Problems problems) {

    /** Returns the options without those whose properties are invalid. */
    AutosuspendOptions read(AutosuspendProperties properties) {
        AutosuspendOptions options = AutosuspendOptions.STANDARD.alwaysAwake(properties.alwaysAwake());
        if (problems.requirePositive("autosuspend.idle-for", properties.idleFor())) {
            options = options.idleFor(properties.idleFor());
        }
        if (problems.requirePositive("autosuspend.interval", properties.interval())) {
            options = options.every(properties.interval());
        }
        if (properties.reserve() < 0) {
            problems.add(
                    Problems.name("autosuspend", "reserve"),
                    "is " + properties.reserve() + ", which is negative",
                    "give 0 or more");
            return options;
        }
        return options.reserve(properties.reserve());
    }
}
