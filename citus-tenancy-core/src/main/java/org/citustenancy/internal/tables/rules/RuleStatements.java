package org.citustenancy.internal.tables.rules;

import java.util.List;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableName;

/** The statement of each step that changes a distribution, and the tables whose rows it moves. */
public final class RuleStatements {

    private RuleStatements() {}

    /** Returns the statement of a step. */
    public static ResultQuery<? extends Record> of(RuleStep step) {
        if (step instanceof RuleStep.Distribute distribute) {
            return TableStatements.distribute(
                    distribute.table(),
                    distribute.column(),
                    colocateWith(distribute.how()),
                    distribute.how().shardCount(),
                    distribute.connected());
        }
        if (step instanceof RuleStep.Reference reference) {
            TableName table = reference.table();
            return reference.alone()
                    ? TableStatements.referenceAlone(table.schema(), table.table())
                    : TableStatements.reference(table.schema(), table.table());
        }
        if (step instanceof RuleStep.AddToMetadata add) {
            TableName first = add.tables().get(0);
            return TableStatements.addToMetadata(first.schema(), first.table());
        }
        return TableStatements.distributeSchema(((RuleStep.DistributeSchema) step).schema());
    }

    /** Returns the tables whose rows a step moves. */
    public static RowOwnerQueries.Tables moved(RuleStep step) {
        if (step instanceof RuleStep.Distribute distribute) {
            return RowOwnerQueries.tables(distribute
                    .how()
                    .colocatedWith()
                    .map(other -> List.of(distribute.table(), other))
                    .orElse(List.of(distribute.table())));
        }
        if (step instanceof RuleStep.Reference reference) {
            return reference.alone()
                    ? RowOwnerQueries.tables(List.of(reference.table()))
                    : RowOwnerQueries.connected(List.of(reference.table()));
        }
        if (step instanceof RuleStep.AddToMetadata add) {
            return RowOwnerQueries.connected(add.tables());
        }
        return RowOwnerQueries.inSchema(((RuleStep.DistributeSchema) step).schema());
    }

    private static String colocateWith(Distribution how) {
        return how.colocatedWith()
                .map(other -> TableStatements.quoted(other.schema(), other.table()))
                .orElse(how.alone() ? "none" : "default");
    }
}
