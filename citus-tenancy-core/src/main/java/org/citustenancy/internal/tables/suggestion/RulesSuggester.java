package org.citustenancy.internal.tables.suggestion;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.tables.rules.ObservedTable;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.KeyMigration;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TablesPlan;

/** Suggests rules: plans the rules of each candidate, and returns those of the best one. */
public final class RulesSuggester {

    private static final int ALTERNATIVES = 3;
    private static final TablesPlan NOTHING = new TablesPlan(List.of(), List.of(), List.of(), true);

    private final ObservedTables observed;
    private final TableWeights weights;
    private final List<StatementUse> statements;

    /**
     * Creates a suggester.
     *
     * @param bytes the sizes of the tables, with their partitions
     * @param statements the statements of the project, none if they are not tracked
     */
    public RulesSuggester(ObservedTables observed, Map<TableName, Long> bytes, List<StatementFigures> statements) {
        this.observed = observed;
        this.weights = new TableWeights(observed, bytes);
        Map<String, TableName> byName = byName();
        this.statements = statements.stream()
                .map(statement -> StatementUse.of(statement.statement(), statement.calls(), byName))
                .filter(use -> !use.tables().isEmpty())
                .toList();
    }

    /** Returns the tables whose name is in one schema only. */
    private Map<String, TableName> byName() {
        Map<String, List<TableName>> all = observed.tables().keySet().stream()
                .collect(Collectors.groupingBy(TableName::table, LinkedHashMap::new, Collectors.toList()));
        Map<String, TableName> single = new LinkedHashMap<>();
        all.forEach((name, tables) -> {
            if (tables.size() == 1) {
                single.put(name, tables.get(0));
            }
        });
        return single;
    }

    /** Returns the suggestion. */
    public RulesSuggestion suggest() {
        TenantSchemas schemas = TenantSchemas.of(observed);
        Set<TableName> others = new LinkedHashSet<>();
        for (ObservedTable table : observed.tables().values()) {
            if (!schemas.contain(table.name()) && !MigrationHistory.isIn(table.name())) {
                others.add(table.name());
            }
        }
        Stream<Optional<Candidate>> choices = Stream.concat(
                new CandidateSearch(observed, others).find().stream().map(Optional::of), Stream.of(Optional.empty()));
        List<SuggestedDistribution> best = choices.map(candidate -> planned(schemas, candidate))
                .filter(suggested -> !suggested.distributed().isEmpty())
                .sorted(Comparator.comparingDouble(
                        (SuggestedDistribution suggested) -> -suggested.score(weights, statements)))
                .toList();
        if (best.isEmpty()) {
            return new RulesSuggestion(DistributionRules.create(), List.of(), KeyMigration.NONE, NOTHING, List.of());
        }
        return best.get(0)
                .suggestion(
                        weights,
                        statements,
                        best.stream()
                                .skip(1)
                                .filter(other -> other.differsFrom(best.get(0)))
                                .limit(ALTERNATIVES)
                                .map(other -> other.inWords(weights))
                                .toList());
    }

    /** Planning takes some time for hundreds of tables. */
    private SuggestedDistribution planned(TenantSchemas schemas, Optional<Candidate> candidate) {
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while the library planned a suggestion")
                            .state("nothing was changed")
                            .fix("call suggest() again"));
        }
        return SuggestedDistribution.plan(observed, schemas, candidate);
    }
}
