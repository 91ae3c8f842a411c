package org.citustenancy.tables;

/**
 * A rule that {@code ProjectTables.suggest()} proposes.
 *
 * @param rule the rule
 * @param reason what speaks for it
 */
public record SuggestedRule(TableRule rule, String reason) {

    /** Returns the call that declares the rule, and the reason. */
    @Override
    public String toString() {
        return rule + ": " + reason;
    }
}
