package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;

/** The answers of one node to several questions. */
public final class Answers {

    /** By the identity of the query: two queries with the same text are different questions. */
    private final IdentityHashMap<Select<?>, List<AnswerRow>> rows = new IdentityHashMap<>();

    private Answers() {}

    static Answers withoutRows(List<Select<?>> queries) {
        return of(queries, List.of());
    }

    /** Parses the value of {@link NodeStatements#survey}. */
    static Answers parse(List<Select<?>> queries, String json) {
        return of(queries, rows(json));
    }

    /** Parses the rows of {@code NodeStatements.answers}. */
    static Answers of(List<Select<?>> queries, List<AnswerRow> numbered) {
        List<List<String>> texts = new ArrayList<>();
        queries.forEach(query -> texts.add(new ArrayList<>()));
        numbered.forEach(row -> texts.get(row.number(NodeStatements.QUESTION)).add(row.text(NodeStatements.ROW)));
        Answers answers = new Answers();
        for (int index = 0; index < queries.size(); index++) {
            List<String> own = texts.get(index);
            answers.rows.put(
                    queries.get(index),
                    own.isEmpty() ? List.of() : rows(own.stream().collect(Collectors.joining(",", "[", "]"))));
        }
        return answers;
    }

    private static List<AnswerRow> rows(String json) {
        return Sql.rows(json).stream().map(AnswerRow::new).toList();
    }

    /**
     * Returns the answer to one of the questions.
     *
     * @param <T> the answer
     * @return the answer
     * @throws IllegalArgumentException if it was not among the questions
     */
    public <T> T to(Question<T> question) {
        return question.read(this);
    }

    List<AnswerRow> rows(Select<?> query) {
        List<AnswerRow> answer = rows.get(query);
        if (answer == null) {
            throw new IllegalArgumentException("Not asked: " + query);
        }
        return answer;
    }
}
