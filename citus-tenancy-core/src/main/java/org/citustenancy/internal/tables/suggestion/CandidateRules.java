package org.citustenancy.internal.tables.suggestion;

import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.tables.rules.ObservedTable;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.internal.tables.rules.RulesPlanner;
import org.citustenancy.internal.tables.suggestion.Candidate.Root;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableRule;
import org.citustenancy.tables.Uncovered;

/** Writes the rules that distribute tables by a candidate. */
final class CandidateRules {

    private final ObservedTables observed;
    private final DistributionRules base;
    private final Candidate candidate;
    private final List<TableName> members;

    /**
     * Prepares the rules.
     *
     * @param base the rules for other tables
     */
    CandidateRules(ObservedTables observed, DistributionRules base, Candidate candidate) {
        this.observed = observed;
        this.base = base;
        this.candidate = candidate;
        this.members = observed.tables().values().stream()
                .filter(table -> table.column(candidate.column()).isPresent())
                .filter(table -> !table.is(TableKind.REFERENCE))
                .map(ObservedTable::name)
                .filter(name -> !Candidate.isGeneric(candidate.column())
                        || candidate
                                .root()
                                .filter(root -> root.table().equals(name))
                                .isPresent())
                .filter(name -> base.rules().stream().noneMatch(rule -> rule.names(name)))
                .toList();
    }

    DistributionRules rules() {
        Optional<Root> root = candidate.root();
        DistributionRules rules = base;
        if (members.size() > 1) {
            rules = rules.everyTableWith(candidate.column());
        } else if (members.size() == 1) {
            rules = rules.distribute(members.get(0).quoted(), candidate.column());
        }
        if (root.isPresent() && !isCovered(root.get())) {
            rules = rules.distribute(root.get().table().quoted(), root.get().key());
        }
        DistributionRules further = rules.byForeignKey();
        boolean used =
                new RulesPlanner(observed, further.otherwise(Uncovered.LOCAL)).uses(new TableRule.ByForeignKey());
        return used ? further : rules;
    }

    private boolean isCovered(Root root) {
        return root.key().equals(candidate.column()) && members.contains(root.table());
    }
}
