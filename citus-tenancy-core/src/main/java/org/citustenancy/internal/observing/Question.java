package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.citustenancy.internal.shaded.jooq.Select;

/**
 * A question for any node, with the mapping of its rows. {@link BatchQueryExecutor} sends the queries of a question in
 * one statement, regardless of their number.
 *
 * @param <T> the answer
 */
public final class Question<T> {

    private final List<Select<?>> queries;
    private final Function<Answers, T> reading;

    private Question(List<Select<?>> queries, Function<Answers, T> reading) {
        this.queries = List.copyOf(queries);
        this.reading = reading;
    }

    /**
     * Returns a question of one query.
     *
     * @param <T> the answer
     */
    public static <T> Question<T> of(Select<?> query, Function<List<AnswerRow>, T> mapping) {
        return new Question<>(List.of(query), answers -> mapping.apply(answers.rows(query)));
    }

    /**
     * Returns a question of one query whose rows are values.
     *
     * @param <R> the value
     * @return answers with a value for each row, in the order of the rows
     */
    public static <R> Question<List<R>> list(Select<?> query, Function<AnswerRow, R> mapping) {
        return of(query, rows -> rows.stream().map(mapping).toList());
    }

    /**
     * Returns a question of one query whose rows are entries.
     *
     * @param query the query, with one row for each key
     * @param <K> the key
     * @param <V> the value
     * @return answers with an entry for each row, in the order of the rows
     */
    public static <K, V> Question<Map<K, V>> map(
            Select<?> query, Function<AnswerRow, K> key, Function<AnswerRow, V> value) {
        return of(query, rows -> {
            Map<K, V> entries = new LinkedHashMap<>();
            rows.forEach(row -> entries.put(key.apply(row), value.apply(row)));
            return entries;
        });
    }

    /**
     * Returns a question of one query of which only the first row is used.
     *
     * @param <R> the value
     * @return answers with the value of the first row, absent without rows
     */
    public static <R> Question<Optional<R>> first(Select<?> query, Function<AnswerRow, R> mapping) {
        return of(query, rows -> rows.stream().findFirst().map(mapping));
    }

    /**
     * Returns the question whether a query has rows.
     *
     * @return answers with true if it has at least one
     */
    public static Question<Boolean> exists(Select<?> query) {
        return of(query, rows -> !rows.isEmpty());
    }

    /**
     * Returns a question without queries.
     *
     * @param <T> the answer
     */
    static <T> Question<T> none(T answer) {
        return new Question<>(List.of(), answers -> answer);
    }

    /**
     * Combines several questions into one.
     *
     * @param reading maps their answers to the answer of this question
     * @param <T> the answer
     */
    public static <T> Question<T> together(List<Question<?>> parts, Function<Answers, T> reading) {
        List<Select<?>> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.queries));
        return new Question<>(all, reading);
    }

    /**
     * Maps the answer to another value.
     *
     * @param mapping maps the answer to that value
     * @param <U> the value
     */
    public <U> Question<U> map(Function<T, U> mapping) {
        return new Question<>(queries, reading.andThen(mapping));
    }

    /**
     * Combines this and another question into one.
     *
     * @param both maps both answers to one
     * @param <U> the other answer
     * @param <V> the answer
     */
    public <U, V> Question<V> and(Question<U> other, BiFunction<T, U, V> both) {
        return together(List.of(this, other), answers -> both.apply(answers.to(this), answers.to(other)));
    }

    /**
     * Returns this question if it can be answered.
     *
     * @param answerable whether it can be answered
     * @return this, or a question without queries that has the answer for no rows
     */
    public Question<T> onlyIf(boolean answerable) {
        return answerable ? this : new Question<>(List.of(), answers -> reading.apply(Answers.withoutRows(queries)));
    }

    /**
     * Returns this question as one query that computes once what all its queries need.
     *
     * @param enclosing maps the queries to one that has the rows of {@code NodeStatements.answers}
     * @return a question of one query
     */
    Question<T> within(Function<List<Select<?>>, Select<?>> enclosing) {
        return of(enclosing.apply(queries), rows -> reading.apply(Answers.of(queries, rows)));
    }

    List<Select<?>> queries() {
        return queries;
    }

    T read(Answers answers) {
        return reading.apply(answers);
    }
}
