package org.citustenancy.internal.rowaccess;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.RowOwnerQueries;

/** Finds the role in whose name tables can be moved, and refuses if there is no such role. Reads catalogs only. */
public final class RowOwners {

    private final Session session;

    /**
     * Creates the search for the owners in a project.
     *
     * @param session an admin's session in the project's database on the coordinator
     */
    public RowOwners(Session session) {
        this.session = session;
    }

    /**
     * Returns the single owner of tables that move together.
     *
     * @return absent if there are no such tables
     * @throws ConflictException if they belong to several roles, if policies would hide rows of others, or if they are
     *     a superuser's and call objects of another role
     */
    public Optional<RowOwner> of(RowOwnerQueries.Tables tables) {
        Result<? extends Record> rows = session.fetch(RowOwnerQueries.owners(tables));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> byOwner = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.get(RowOwnerQueries.OWNER),
                        TreeMap::new,
                        Collectors.mapping(row -> row.get(RowOwnerQueries.TABLE), Collectors.toList())));
        if (byOwner.size() > 1) {
            throw several(byOwner);
        }
        String owner = byOwner.keySet().iterator().next();
        if (rows.get(0).get(RowOwnerQueries.SUPERUSER)) {
            refuseForeignCode(owner, byOwner.getOrDefault(owner, List.of()), tables);
            return Optional.of(new RowOwner(owner, true, false, false));
        }
        boolean forced = rows.stream().anyMatch(row -> row.get(RowOwnerQueries.FORCED));
        if (forced) {
            refusePoliciesOfOthers(owner);
        }
        return Optional.of(new RowOwner(owner, false, forced, false));
    }

    /**
     * Throws if Citus would copy reference tables as a superuser before any other work.
     *
     * @throws ConflictException if a node lacks copies of reference tables
     */
    public void requireReferences() {
        if (session.fetch(RowOwnerQueries.incompleteReferences()).get(0).get(RowOwnerQueries.INCOMPLETE)) {
            throw new ConflictException(Failure.of("A node has not all reference tables of the project yet")
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("call repair(), which copies them"));
        }
    }

    /** Describes a group that belongs to several roles, in words. */
    static String inWords(Map<String, List<String>> byOwner) {
        return byOwner.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " of \"" + entry.getKey() + "\"")
                .collect(Collectors.joining("; "));
    }

    private ConflictException several(Map<String, List<String>> byOwner) {
        return new ConflictException(
                Failure.of("Tables that move together belong to several roles: " + inWords(byOwner))
                        .where(session.place())
                        .state("nothing was moved")
                        .fix("give all of them to one role with ALTER TABLE ... OWNER TO, or distribute them apart"));
    }

    private void refusePoliciesOfOthers(String owner) {
        List<String> others = texts(RowOwnerQueries.policiesOfOthers(owner), RowOwnerQueries.TABLE);
        if (!others.isEmpty()) {
            throw new ConflictException(Failure.of("Tables of \"" + owner
                            + "\" force row security on their owner, and the role that moves them must not bypass the policies of "
                            + String.join(", ", others) + ", which belong to others")
                    .where(session.place())
                    .state("nothing was moved")
                    .fix("run ALTER TABLE ... NO FORCE ROW LEVEL SECURITY for the time of the move, or give all tables "
                            + "with policies to one role"));
        }
    }

    private void refuseForeignCode(String owner, List<String> tables, RowOwnerQueries.Tables which) {
        List<String> code = texts(RowOwnerQueries.codeOfOthers(which), RowOwnerQueries.OBJECT);
        if (!code.isEmpty()) {
            throw new ConflictException(Failure.of(String.join(", ", new TreeSet<>(tables))
                            + " belongs to the superuser \"" + owner
                            + "\", and to move it would run as a superuser what belongs to others: "
                            + String.join(", ", code))
                    .where(session.place())
                    .state("nothing was moved")
                    .fix("give the tables to the project's owner with ALTER TABLE ... OWNER TO"));
        }
    }

    private List<String> texts(ResultQuery<? extends Record> query, Field<String> field) {
        return session.fetch(query).stream().map(row -> row.get(field)).toList();
    }
}
