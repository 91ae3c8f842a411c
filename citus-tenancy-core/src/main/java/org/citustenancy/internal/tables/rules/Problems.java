package org.citustenancy.internal.tables.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem;
import org.citustenancy.tables.TableProblem.Kind;

/** Collects the problems of one plan. */
final class Problems {

    private final List<TableProblem> found = new ArrayList<>();

    void add(Kind kind, TableName table, String what, String fix) {
        found.add(new TableProblem(kind, Optional.of(table), what, fix));
    }

    void add(Kind kind, String what, String fix) {
        found.add(new TableProblem(kind, Optional.empty(), what, fix));
    }

    List<TableProblem> all() {
        return List.copyOf(found);
    }
}
