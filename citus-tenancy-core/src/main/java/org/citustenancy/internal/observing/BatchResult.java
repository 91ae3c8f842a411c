package org.citustenancy.internal.observing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;

/**
 * What one node answered to a survey.
 *
 * @param rows the rows by the question's key
 */
public record BatchResult(Map<String, Result<Record>> rows) {

    /**
     * Reads what {@link org.citustenancy.internal.sql.NodeStatements#survey} gives.
     *
     * @param json the text
     * @return the answers in it
     */
    public static BatchResult parse(String json) {
        Map<String, List<String>> byQuestion = Sql.rows(json).stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("q", String.class),
                        Collectors.mapping(row -> row.get("r", String.class), Collectors.toList())));
        Map<String, Result<Record>> rows = new HashMap<>();
        byQuestion.forEach((question, records) -> {
            String all = records.stream().collect(Collectors.joining(",", "[", "]"));
            if (question.equals(NodeStatements.SEVERAL)) {
                rows.putAll(parse(all).rows());
            } else {
                rows.put(question, Sql.rows(all));
            }
        });
        return new BatchResult(rows);
    }

    /**
     * The rows of one question.
     *
     * @param question its key
     * @return the rows, none if there were none
     */
    public List<Record> to(String question) {
        Result<Record> answer = rows.get(question);
        return answer == null ? List.of() : answer;
    }
}
