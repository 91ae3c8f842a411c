package org.citustenancy.internal.observing;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.NodeStatements;

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

    /** Sorts the rows of {@code NodeStatements.answers} by their query. */
    static Answers of(List<Select<?>> queries, List<AnswerRow> numbered) {
        List<List<AnswerRow>> byQuery = new ArrayList<>();
        queries.forEach(query -> byQuery.add(new ArrayList<>()));
        numbered.forEach(row -> byQuery.get(row.number(NodeStatements.QUESTION)).add(row.row(NodeStatements.ROW)));
        Answers answers = new Answers();
        for (int index = 0; index < queries.size(); index++) {
            answers.rows.put(queries.get(index), List.copyOf(byQuery.get(index)));
        }
        return answers;
    }

    private static List<AnswerRow> rows(String json) {
        try {
            return JSON.std.listFrom(json).stream()
                    .map(row -> new AnswerRow((Map<?, ?>) row))
                    .toList();
        } catch (IOException malformed) {
            throw new UncheckedIOException("A node answered with malformed JSON: " + json, malformed);
        }
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
