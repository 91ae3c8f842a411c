package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.sql.SurveyQueries;

/** Builds the questions about roles. */
final class RoleQuestions {

    private RoleQuestions() {}

    /** Returns the question about the users and about the role that owns the databases. */
    static Question<Map<String, ObservedRole>> about(Collection<String> users) {
        List<String> names = new ArrayList<>(users);
        names.add(LibraryRoles.OWNER);
        Question<List<String>> ownerMembers =
                Question.list(SurveyQueries.members(LibraryRoles.OWNER), row -> row.text(SurveyQueries.ROLE));
        return Question.of(SurveyQueries.roles(names), Function.identity()).and(ownerMembers, RoleQuestions::roles);
    }

    private static Map<String, ObservedRole> roles(List<AnswerRow> rows, List<String> ownerMembers) {
        Map<String, ObservedRole> roles = new HashMap<>();
        for (AnswerRow row : rows) {
            String name = row.text(PG_AUTHID.name);
            roles.put(
                    name,
                    new ObservedRole(
                            row.flag(PG_AUTHID.login),
                            power(row),
                            row.number(PG_AUTHID.connectionLimit),
                            row.moment(SurveyQueries.VALID_UNTIL),
                            row.optionalText(SurveyQueries.DIGEST),
                            name.equals(LibraryRoles.OWNER) ? ownerMembers : List.of()));
        }
        return roles;
    }

    private static String power(AnswerRow row) {
        Map<String, Field<Boolean>> attributes = new LinkedHashMap<>();
        attributes.put("SUPERUSER", PG_AUTHID.superuser);
        attributes.put("CREATEDB", PG_AUTHID.createsDatabases);
        attributes.put("CREATEROLE", PG_AUTHID.createsRoles);
        attributes.put("BYPASSRLS", PG_AUTHID.bypassesRowSecurity);
        attributes.put("REPLICATION", PG_AUTHID.replicates);
        List<String> present = attributes.entrySet().stream()
                .filter(attribute -> row.flag(attribute.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return String.join(", ", present);
    }
}
