package org.citustenancy.internal.tables.suggestion;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citustenancy.tables.TableName;

/**
 * What a statement of the application does with tables: which ones it names, and which columns it compares with a value or
 * inserts. A statement is read roughly, by its words, because a suggestion needs no more.
 *
 * @param tables the tables
 * @param columns the columns
 * @param writes whether it changes rows
 * @param calls how often it ran
 */
record StatementUse(Set<TableName> tables, Set<String> columns, boolean writes, long calls) {

    /** So much of a statement is read. */
    private static final int CHARACTERS = 10_000;

    private static final Pattern WORD =
            Pattern.compile("\"([^\"]++)\"|([\\p{L}_][\\p{L}\\p{N}_$]*+)|(\\$\\d++|'[^']*+'|\\d++)|([=(),.])");

    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge");

    /** A word of a statement: a name without its quotes, {@code ?} for a value, or a character. */
    private record Word(String text, boolean name) {

        boolean is(String other) {
            return text.equals(other);
        }

        boolean value() {
            return !name && text.equals("?");
        }
    }

    /**
     * Reads a statement.
     *
     * @param text the statement, with {@code $1} in the place of values
     * @param byName the tables of the project by their names without a schema
     */
    static StatementUse of(String text, long calls, Map<String, TableName> byName) {
        List<Word> words = WORD.matcher(text.substring(0, Math.min(CHARACTERS, text.length())))
                .results()
                .map(StatementUse::word)
                .toList();
        Set<TableName> tables = words.stream()
                .filter(Word::name)
                .map(Word::text)
                .filter(byName::containsKey)
                .map(byName::get)
                .collect(Collectors.toSet());
        Set<String> columns = new HashSet<>();
        for (int index = 1; index + 1 < words.size(); index++) {
            Word before = words.get(index - 1);
            Word after = words.get(index + 1);
            Word word = words.get(index);
            if (word.is("=") && before.name() && (after.value() || after.is("any"))) {
                columns.add(before.text());
            } else if (word.is("=") && before.value() && after.name()) {
                columns.add(words.get(last(words, index + 1)).text());
            } else if (word.is("in") && before.name() && after.is("(")) {
                columns.add(before.text());
            }
        }
        boolean inserts = !words.isEmpty() && words.get(0).is("insert");
        if (inserts) {
            words.stream()
                    .skip(1)
                    .takeWhile(word -> !word.is("values") && !word.is("select"))
                    .filter(Word::name)
                    .forEach(word -> columns.add(word.text()));
        }
        return new StatementUse(
                tables, columns, words.stream().limit(50).anyMatch(word -> WRITING.contains(word.text())), calls);
    }

    /** Returns the place of the last part of a name with dots. */
    private static int last(List<Word> words, int first) {
        int place = first;
        while (place + 2 < words.size()
                && words.get(place + 1).is(".")
                && words.get(place + 2).name()) {
            place += 2;
        }
        return place;
    }

    private static Word word(MatchResult match) {
        if (match.group(1) != null) {
            return new Word(match.group(1), true);
        }
        if (match.group(2) != null) {
            return new Word(match.group(2).toLowerCase(Locale.ROOT), true);
        }
        return match.group(3) != null ? new Word("?", false) : new Word(match.group(4), false);
    }

    /** Checks whether it runs on one node if tables are distributed by a column each. */
    boolean isRouted(Map<TableName, String> distributed) {
        List<String> used = tables.stream()
                .filter(distributed::containsKey)
                .map(distributed::get)
                .toList();
        return used.isEmpty() ? !writes : used.stream().anyMatch(columns::contains);
    }
}
