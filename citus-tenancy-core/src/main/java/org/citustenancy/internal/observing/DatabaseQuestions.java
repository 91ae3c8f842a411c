package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.sql.SurveyQueries;

/** Builds the questions about a project's database, from outside. */
final class DatabaseQuestions {

    private DatabaseQuestions() {}

    static Question<Optional<ObservedDatabase>> about(String project) {
        List<String> names = List.of(project);
        Question<Map<String, Set<String>>> doors = Question.of(SurveyQueries.doors(names), DatabaseQuestions::doors);
        Question<List<Setting>> settings = Question.list(SurveyQueries.settings(names), Setting::of);
        Question<Optional<AnswerRow>> database = Question.first(SurveyQueries.databases(names), row -> row);
        return Question.together(List.of(database, doors, settings), answers -> answers.to(database)
                .map(row -> database(row, answers.to(doors), answers.to(settings))));
    }

    /** A setting of a role in the database, or of all roles under the empty name. */
    private record Setting(String role, boolean ofAdmin, String name, String value) {

        static Setting of(AnswerRow row) {
            String[] pair = row.text(SurveyQueries.SETTING).split("=", 2);
            return new Setting(
                    row.text(SurveyQueries.ROLE),
                    row.flag(SurveyQueries.OF_ADMIN),
                    pair[0].toLowerCase(Locale.ROOT),
                    pair.length > 1 ? pair[1] : "");
        }
    }

    private static ObservedDatabase database(AnswerRow row, Map<String, Set<String>> doors, List<Setting> settings) {
        Map<String, Map<String, String>> byRole = new HashMap<>();
        settings.forEach(setting ->
                byRole.computeIfAbsent(setting.role(), role -> new HashMap<>()).put(setting.name(), setting.value()));
        Map<String, String> ofAdmin = settings.stream()
                .filter(Setting::ofAdmin)
                .collect(Collectors.toMap(Setting::name, Setting::value, (first, second) -> second));
        return new ObservedDatabase(
                row.text(SurveyQueries.OWNER),
                row.flag(PG_DATABASE.allowsConnections),
                row.number(PG_DATABASE.connectionLimit),
                doors,
                byRole.getOrDefault("", Map.of()),
                byRole,
                ofAdmin);
    }

    private static Map<String, Set<String>> doors(List<AnswerRow> rows) {
        Map<String, Set<String>> doors = new HashMap<>();
        rows.forEach(row -> doors.computeIfAbsent(row.text(SurveyQueries.ROLE), role -> new LinkedHashSet<>())
                .add(row.text(SurveyQueries.PRIVILEGE)));
        return doors;
    }
}
