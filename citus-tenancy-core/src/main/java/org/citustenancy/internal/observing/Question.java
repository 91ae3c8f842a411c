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
 * What any node can be asked, and what its rows say. {@link BatchQueryExecutor} sends the queries of a question in one
 * statement, however many these are.
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
     * A question of one query.
     *
     * @param <T> the answer
     */
    public static <T> Question<T> of(Select<?> query, Function<List<AnswerRow>, T> mapping) {
        return new Question<>(List.of(query), answers -> mapping.apply(answers.rows(query)));
    }

    /**
     * A question of one query whose rows are values.
     *
     * @param <R> the value
     * @return answers with a value for each row, in the order of the rows
     */
    public static <R> Question<List<R>> list(Select<?> query, Function<AnswerRow, R> mapping) {
        return of(query, rows -> rows.stream().map(mapping).toList());
    }

    /**
     * A question of one query whose rows are entries.
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
     * A question of one query of which one row is enough.
     *
     * @param <R> the value
     * @return answers with that of the first row, absent without rows
     */
    public static <R> Question<Optional<R>> first(Select<?> query, Function<AnswerRow, R> mapping) {
        return of(query, rows -> rows.stream().findFirst().map(mapping));
    }

    /**
     * Whether a query has rows.
     *
     * @return answers with true if there are some
     */
    public static Question<Boolean> exists(Select<?> query) {
        return of(query, rows -> !rows.isEmpty());
    }

    /**
     * A question that asks nothing.
     *
     * @param <T> the answer
     */
    static <T> Question<T> none(T answer) {
        return new Question<>(List.of(), answers -> answer);
    }

    /**
     * Several questions as one.
     *
     * @param reading from their answers to that of this one
     * @param <T> the answer
     */
    public static <T> Question<T> together(List<Question<?>> parts, Function<Answers, T> reading) {
        List<Select<?>> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.queries));
        return new Question<>(all, reading);
    }

    /**
     * The same as another value.
     *
     * @param mapping from the answer to that value
     * @param <U> the value
     */
    public <U> Question<U> map(Function<T, U> mapping) {
        return new Question<>(queries, reading.andThen(mapping));
    }

    /**
     * This and another question as one.
     *
     * @param both from both answers to one
     * @param <U> the other answer
     * @param <V> the answer
     */
    public <U, V> Question<V> and(Question<U> other, BiFunction<T, U, V> both) {
        return together(List.of(this, other), answers -> both.apply(answers.to(this), answers.to(other)));
    }

    /**
     * This question where it can be answered.
     *
     * @param answerable whether it can be
     * @return this, or a question that asks nothing and has the answer of no rows
     */
    public Question<T> onlyIf(boolean answerable) {
        return answerable ? this : new Question<>(List.of(), answers -> reading.apply(Answers.withoutRows(queries)));
    }

    /**
     * This question by a query that computes once what all queries of it need.
     *
     * @param enclosing from the queries to one that has the rows of {@code NodeStatements.answers}
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
