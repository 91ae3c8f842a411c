package org.citustenancy.internal.observing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.RemovalQueries;
import org.junit.jupiter.api.Test;

/** What the rows of a statement with several queries say, by the question whose query they answer. */
class QuestionTest {

    private final Question<List<String>> names =
            Question.list(RemovalQueries.database("app"), row -> row.text(RemovalQueries.NAME));
    private final Question<Optional<Integer>> limit =
            Question.first(CapacityQueries.preparedLimit(), row -> row.number(CapacityQueries.NUMBER));

    @Test
    void each_question_gets_its_own_rows() {
        Question<String> both = names.and(limit, (found, number) -> found + " " + number.orElse(-1));

        assertThat(answer(both, """
                        [{"q": 1, "r": {"number": 7}}, {"q": 0, "r": {"name": "a\\"b"}}, {"q": 0, "r": {"name": null}}]""")).isEqualTo("[a\"b, ] 7");
        assertThat(answer(both, "[]")).isEqualTo("[] -1");
    }

    @Test
    void two_questions_of_the_same_text_are_two() {
        Question<List<String>> again =
                Question.list(RemovalQueries.database("app"), row -> row.text(RemovalQueries.NAME));

        Question<String> both = names.and(again, (first, second) -> first + " " + second);

        assertThat(answer(both, "[{\"q\": 0, \"r\": {\"name\": \"a\"}}]")).isEqualTo("[a] []");
    }

    @Test
    void what_cannot_be_answered_is_not_asked() {
        Question<Optional<Integer>> never = limit.onlyIf(false);
        Question<String> both = names.and(never, (found, number) -> found + " " + number);

        assertThat(never.queries()).isEmpty();
        assertThat(both.queries()).hasSize(1);
        assertThat(answer(both, "[]")).isEqualTo("[] Optional.empty");
    }

    @Test
    void several_can_be_one_query() {
        Question<String> both = names.and(limit, (found, number) -> found + " " + number.orElse(-1));
        Question<String> within = both.within(NodeStatements::survey);

        assertThat(within.queries()).hasSize(1);
        assertThat(answer(within, """
                        [{"q": 0, "r": {"q": 1, "r": {"number": 7}}}]""")).isEqualTo("[] 7");
    }

    @Test
    void text_is_read_from_a_large_number_and_refused_without_the_field() {
        Question<String> system = Question.list(RemovalQueries.database("app"), row -> row.text(RemovalQueries.NAME))
                .map(List::toString);

        assertThat(answer(system, "[{\"q\": 0, \"r\": {\"name\": 18446744073709551615}}]"))
                .isEqualTo("[18446744073709551615]");
        assertThatThrownBy(() -> answer(system, "[{\"q\": 0, \"r\": {\"other\": 1}}]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no field name");
    }

    @Test
    void an_answer_to_a_question_that_was_not_asked_is_a_mistake() {
        assertThatThrownBy(() -> Answers.withoutRows(names.queries()).to(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not asked");
    }

    private static String answer(Question<String> question, String json) {
        return question.read(Answers.parse(question.queries(), json));
    }
}
