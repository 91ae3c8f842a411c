/**
 * Suggests rules for the distribution of the tables of a project, from their columns, keys, foreign keys, sizes and
 * statements. {@code RulesSuggester} is the entry: it finds candidates for a distribution column, plans each as the rules
 * would be planned, and keeps the best one.
 */
@NullMarked
package org.citustenancy.internal.tables.suggestion;

import org.jspecify.annotations.NullMarked;
